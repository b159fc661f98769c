using System.Collections.Immutable;

namespace GraphGateway.Gateway;

/// <summary>
/// A format of Apollo's <c>@cacheTag</c>: text with <c>{$key.field}</c> for a field of an entity's key, or <c>{$args.argument}</c> for an argument of a root field
/// (<see href="https://www.apollographql.com/docs/graphos/routing/performance/caching/response-caching/invalidation">cache tags</see>). Composition has checked it;
/// what it does not know stands for itself.
/// </summary>
internal sealed class TagFormat
{
    private readonly ImmutableArray<string> texts;
    private readonly ImmutableArray<string> paths;

    private TagFormat(ImmutableArray<string> texts, ImmutableArray<string> paths) => (this.texts, this.paths) = (texts, paths);

    /// <summary>Reads a format.</summary>
    public static TagFormat Parse(string format)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        var paths = ImmutableArray.CreateBuilder<string>();
        var start = 0;
        for (var open = format.IndexOf("{$", StringComparison.Ordinal); open >= 0; open = format.IndexOf("{$", start, StringComparison.Ordinal))
        {
            var close = format.IndexOf('}', open);
            var dot = format.IndexOf('.', open);
            if (close < 0 || dot < 0 || dot > close)
            {
                break;
            }

            texts.Add(format[start..open]);
            paths.Add(format[(dot + 1)..close].Trim());
            start = close + 1;
        }

        texts.Add(format[start..]);
        return new TagFormat(texts.ToImmutable(), paths.ToImmutable());
    }

    /// <summary>The tag; null where a value is not known.</summary>
    /// <param name="valueOf">Gives the text of a value by its path, with dots; null where it is not known.</param>
    public string? Write(Func<string, string?> valueOf)
    {
        var parts = new string[texts.Length + paths.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            parts[i * 2] = texts[i];
            if (i < paths.Length)
            {
                if (valueOf(paths[i]) is not { } value)
                {
                    return null;
                }

                parts[(i * 2) + 1] = value;
            }
        }

        return string.Concat(parts);
    }

    /// <summary>True where some values make the tag of the format.</summary>
    public bool Fits(string tag)
    {
        if (texts.Length == 1)
        {
            return tag == texts[0];
        }

        var rest = tag.AsSpan();
        if (rest.Length < texts[0].Length + texts[^1].Length || !rest.StartsWith(texts[0], StringComparison.Ordinal) || !rest.EndsWith(texts[^1], StringComparison.Ordinal))
        {
            return false;
        }

        rest = rest[texts[0].Length..^texts[^1].Length];
        foreach (var text in texts.AsSpan()[1..^1])
        {
            var at = rest.IndexOf(text, StringComparison.Ordinal);
            if (at < 0)
            {
                return false;
            }

            rest = rest[(at + text.Length)..];
        }

        return true;
    }
}
