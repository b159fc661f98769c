using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace GraphGateway.ControlPlane;

/// <summary>
/// A piece of a page. All text in it comes from a C# string and is encoded when it is written; there is no way to put markup in but by elements, whose names and
/// attributes' names are ours. Characters that are not seen, or turn the direction of what stands beside them, are shown by their numbers.
/// </summary>
internal sealed class Html
{
    private readonly string? text;
    private readonly string? name;
    private readonly Html?[] children;
    private readonly List<(string Name, string Value)> attributes = [];

    private Html(string? text, string? name, Html?[] children)
    {
        (this.text, this.name, this.children) = (text, name, children);
    }

    /// <summary>A text.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static implicit operator Html?(string? text) => text is null ? null : new(text, null, []);

    /// <summary>An element; what is null of its content is left out.</summary>
    public static Html Of(string name, params Html?[] children) => new(null, name, children);

    /// <summary>Several pieces, one after the other.</summary>
    public static Html Many(params Html?[] children) => new(null, null, children);

    /// <summary>A link to a place of ours.</summary>
    public static Html Link(string to, params Html?[] children) => Of("a", children).With("href", to);

    /// <summary>A whole number for people.</summary>
    public static Html Number(long number) => Of("span", number.ToString("N0", CultureInfo.InvariantCulture)).Class("num");

    /// <summary>A time, to the minute.</summary>
    public static Html Time(DateTimeOffset time) =>
        Of("time", time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)).With("datetime", time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

    /// <summary>Gives it an attribute; none where the value is null.</summary>
    public Html With(string attribute, string? value)
    {
        if (value is not null)
        {
            attributes.Add((attribute, value));
        }

        return this;
    }

    public Html Class(string? value) => With("class", value);

    public Html Id(string value) => With("id", value);

    /// <summary>Writes it.</summary>
    public void Write(StringBuilder output)
    {
        if (text is not null)
        {
            Write(output, text);
            return;
        }

        if (name is not null)
        {
            output.Append('<').Append(name);
            foreach (var (attribute, value) in attributes)
            {
                output.Append(' ').Append(attribute).Append("=\"");
                foreach (var character in value)
                {
                    Encode(output, character);
                }

                output.Append('"');
            }

            output.Append('>');
        }

        foreach (var child in children)
        {
            child?.Write(output);
        }

        if (name is not (null or "meta" or "link" or "input" or "br"))
        {
            output.Append("</").Append(name).Append('>');
        }
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var output = new StringBuilder();
        Write(output);
        return output.ToString();
    }

    private static void Write(StringBuilder output, string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var isWhole = Rune.TryGetRuneAt(text, at, out var rune);
            var length = isWhole ? rune.Utf16SequenceLength : 1;
            if (!isWhole || UnseenText.Is(rune))
            {
                output.Append(CultureInfo.InvariantCulture, $"<span class=\"hidden\">U+{(isWhole ? rune.Value : text[at]):X4}</span>");
            }
            else
            {
                foreach (var character in text.AsSpan(at, length))
                {
                    Encode(output, character);
                }
            }

            at += length;
        }
    }

    // As much as HTML asks for, in texts and in attributes with double quotes alike.
    private static void Encode(StringBuilder output, char character) => _ = character switch
    {
        '<' => output.Append("&lt;"),
        '>' => output.Append("&gt;"),
        '&' => output.Append("&amp;"),
        '"' => output.Append("&quot;"),
        '\'' => output.Append("&#39;"),
        _ => output.Append(character),
    };
}
