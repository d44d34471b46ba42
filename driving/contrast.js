// Reads off the page the contrast of every text that is seen. Colours are drawn one over the other, so that
// transparent ones, and all ways to write a colour, come out as they do on the screen. Returns [ratio, text]s.
() => {
    const canvas = Object.assign(document.createElement("canvas"), {width: 1, height: 1});
    const brush = canvas.getContext("2d", {willReadFrequently: true});
    const kept = work => {
        const known = new Map();
        return key => {
            if (!known.has(key)) known.set(key, work(key));
            return known.get(key);
        };
    };
    const light = kept(colours => {
        brush.clearRect(0, 0, 1, 1);
        for (const colour of colours.split("|")) {
            brush.fillStyle = colour;
            brush.fillRect(0, 0, 1, 1);
        }
        const [r, g, b] = [...brush.getImageData(0, 0, 1, 1).data].map(byte => {
            const part = byte / 255;
            return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    });
    const under = kept(element => {
        const own = getComputedStyle(element).backgroundColor;
        return element.parentElement ? [...under(element.parentElement), own] : [own];
    });
    const ratio = (ink, paper) => {
        const [a, b] = [light([...paper, ink].join("|")), light(paper.join("|"))];
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    };
    const found = [];
    const check = (element, ink, paper, what) => {
        found.push([ratio(ink, paper), `${what} in ${element.tagName}.${element.classList}`]);
    };
    const drawn = document.querySelectorAll(".wb-field > svg rect, .wb-band");
    const fills = new Set([...drawn].map(part => getComputedStyle(part).fill));
    const grounds = ["transparent", ...fills];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const [text, element] = [texts.currentNode.data.trim(), texts.currentNode.parentElement];
        if (!text || !element.checkVisibility({visibilityProperty: true})) continue;
        const style = getComputedStyle(element);
        const {width, height} = element.getBoundingClientRect();
        if (Math.min(width, height) <= 1) continue;
        if (!element.closest("svg")) check(element, style.color, under(element), text);
        else {
            const below = under(element);
            for (const paper of grounds) check(element, style.fill, [...below, paper], text);
        }
    }
    for (const field of document.querySelectorAll(".wb :is(textarea, input[type=text])")) {
        const {color} = getComputedStyle(field, "::placeholder");
        check(field, color, under(field), `placeholder ${field.placeholder}`);
    }
    return found;
}
