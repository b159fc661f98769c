using System.Buffers;
using System.Globalization;

namespace GraphGateway.Gateway;

/// <summary>
/// What a source says in <c>Cache-Control</c> (<see href="https://www.rfc-editor.org/rfc/rfc9111#section-5.2.2">RFC 9111, 5.2.2</see>;
/// <see href="https://www.rfc-editor.org/rfc/rfc5861">RFC 5861</see>). Where it says something twice the stricter one counts; a time that is none is 0.
/// What is no list of directives may have been meant to forbid it, and counts as <c>no-store</c>. <c>Expires</c> and times that are guessed do not count: what says nothing here is not kept.
/// </summary>
internal readonly record struct CacheDirectives
{
    // RFC 9111, 1.2.2: more than can be counted is this much.
    private const long MaxSeconds = int.MaxValue;

    private static readonly SearchValues<char> Token = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary><c>no-store</c>.</summary>
    public bool NoStore { get; private init; }

    /// <summary><c>no-cache</c>, also where it names fields.</summary>
    public bool NoCache { get; private init; }

    /// <summary><c>private</c>, also where it names fields.</summary>
    public bool IsPrivate { get; private init; }

    /// <summary><c>public</c>, or <c>s-maxage</c>: it may be kept for all although the client has shown who it is (RFC 9111, 3.5).</summary>
    public bool IsPublic { get; private init; }

    /// <summary><c>must-revalidate</c> or <c>proxy-revalidate</c>: never given when its time is over.</summary>
    public bool MustRevalidate { get; private init; }

    /// <summary><c>max-age</c> in seconds; null where it is not said.</summary>
    public long? MaxAge { get; private init; }

    /// <summary><c>s-maxage</c> in seconds: what holds for those who keep an answer for several.</summary>
    public long? SharedMaxAge { get; private init; }

    /// <summary><c>stale-while-revalidate</c> in seconds.</summary>
    public long? StaleWhileRevalidate { get; private init; }

    /// <summary>Reads the values of the header; those of several lines joined by commas.</summary>
    public static CacheDirectives Read(ReadOnlySpan<char> text)
    {
        var directives = default(CacheDirectives);
        while (!text.IsEmpty)
        {
            var end = EndOf(text);
            if (end < 0)
            {
                return directives with { NoStore = true };
            }

            directives = directives.With(text[..end].Trim());
            text = end == text.Length ? [] : text[(end + 1)..];
        }

        return directives;
    }

    /// <summary>A number of seconds; 0 for what is none.</summary>
    public static long Seconds(ReadOnlySpan<char> text) =>
        text.IsEmpty || text.ContainsAnyExceptInRange('0', '9') ? 0
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? Math.Min(seconds, MaxSeconds) : MaxSeconds;

    // A comma inside quotes is none; quotes that stay open make the rest unknown: less than 0.
    private static int EndOf(ReadOnlySpan<char> text)
    {
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (isQuoted && text[i] == '\\')
            {
                i++;
            }
            else if (!isQuoted && text[i] == ',')
            {
                return i;
            }
        }

        return isQuoted ? -1 : text.Length;
    }

    private CacheDirectives With(ReadOnlySpan<char> directive)
    {
        var equals = directive.IndexOf('=');
        var name = equals < 0 ? directive : directive[..equals].TrimEnd();
        var argument = equals < 0 ? [] : directive[(equals + 1)..].Trim();
        if (directive.IsEmpty)
        {
            // RFC 9110, 5.6.1.2: what stands between two commas may be nothing.
            return this;
        }

        if (!IsToken(name) || (equals >= 0 && !IsToken(argument) && !IsQuoted(argument)))
        {
            return this with { NoStore = true };
        }

        argument = argument.Trim('"');
        Span<char> lower = stackalloc char[32];
        if (name.Length > lower.Length)
        {
            return this;
        }

        name.ToLowerInvariant(lower);
        return lower[..name.Length] switch
        {
            "no-store" => this with { NoStore = true },
            "no-cache" => this with { NoCache = true },
            "private" => this with { IsPrivate = true },
            "public" => this with { IsPublic = true },
            "must-revalidate" or "proxy-revalidate" => this with { MustRevalidate = true },
            "max-age" => this with { MaxAge = Least(MaxAge, argument) },
            "s-maxage" => this with { SharedMaxAge = Least(SharedMaxAge, argument), IsPublic = true },
            "stale-while-revalidate" => this with { StaleWhileRevalidate = Least(StaleWhileRevalidate, argument) },
            _ => this,
        };
    }

    // RFC 9110, 5.6.2.
    private static bool IsToken(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(Token);

    // RFC 9110, 5.6.4.
    private static bool IsQuoted(ReadOnlySpan<char> text)
    {
        var last = text.Length - 1;
        if (last < 1 || text[0] != '"' || text[last] != '"')
        {
            return false;
        }

        for (var i = 1; i < last; i++)
        {
            if (text[i] == '"' || (text[i] == '\\' && ++i == last))
            {
                return false;
            }
        }

        return true;
    }

    private static long Least(long? said, ReadOnlySpan<char> argument) => Math.Min(said ?? MaxSeconds, Seconds(argument));
}
