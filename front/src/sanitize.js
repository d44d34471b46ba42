// In place of "sanitize-html": for descriptions marked as HTML, of which the workbook has none.
export default (text) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
