using System.Text;

namespace GraphGateway.TestKit;

/// <summary>Random bytes, and documents with random edits: what a parser gets from those who wish it ill.</summary>
/// <param name="random">Where the choices come from.</param>
public sealed class Mutations(Random random)
{
    private static readonly string[] Snippets =
        ["{", "}", "(", ")", "[", "]", "...", "on", "\"", "\"\"\"", "\\", "\\u{", "\\uD83D", "$", "@", ":", "!", "|", "&", "=", "é", "😀",
         "0", "-", "1.", "1e", "#", "\r\n", "\uFEFF", "extend", "type", "true", "query", ".", "<", ">", "{{{{{{{{", "[[[[[[[[", "\0", "\u00A0"];

    /// <summary>A few bytes, any.</summary>
    public byte[] Bytes()
    {
        var text = new byte[random.Next(40)];
        random.NextBytes(text);
        return text;
    }

    /// <summary>A document with up to four edits: parts removed, repeated or moved, snippets put in, bytes changed.</summary>
    public byte[] Of(string document)
    {
        var text = Encoding.UTF8.GetBytes(document).ToList();
        for (var edits = random.Next(4); edits >= 0 && text.Count > 0; edits--)
        {
            var at = random.Next(text.Count);
            switch (random.Next(4))
            {
                case 0:
                    text.RemoveRange(at, Math.Min(random.Next(1, 12), text.Count - at));
                    break;
                case 1:
                    text.InsertRange(at, Encoding.UTF8.GetBytes(Snippets[random.Next(Snippets.Length)]));
                    break;
                case 2:
                    text.InsertRange(at, text.GetRange(at / 2, random.Next(Math.Min(20, text.Count - (at / 2)))));
                    break;
                default:
                    text[at] = (byte)random.Next(256);
                    break;
            }
        }

        return [.. text];
    }
}
