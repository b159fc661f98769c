using System.Globalization;

namespace GraphGateway.Composition;

/// <summary>
/// The URL by which a specification is linked (<see href="https://specs.apollo.dev/link/v1.0/#@link.url">@link, url</see>), such as
/// <c>https://specs.apollo.dev/federation/v2.9</c>.
/// </summary>
/// <param name="Identity">The URL without its version: what two links must share to mean the same specification.</param>
/// <param name="Name">The specification's own name: the last segment of the identity.</param>
/// <param name="Major">The version before the dot.</param>
/// <param name="Minor">The version after the dot.</param>
internal sealed record FeatureUrl(string Identity, string Name, int Major, int Minor)
{
    internal const string Apollo = "https://specs.apollo.dev/";

    /// <summary>The specification's version, as in its URL: <c>v2.9</c>.</summary>
    internal string Version => $"v{Major}.{Minor}";

    /// <summary>The URL, or null with a reason.</summary>
    internal static FeatureUrl? Parse(string text, out string problem)
    {
        problem = "";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri))
        {
            problem = "it is no absolute URL";
            return null;
        }

        var segments = uri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (segments.Length == 0 || !TryVersion(segments[^1], out var major, out var minor))
        {
            problem = "it does not end in a version such as v1.0";
            return null;
        }

        if (segments.Length < 2)
        {
            problem = "it has no name before the version";
            return null;
        }

        var identity = $"{uri.GetLeftPart(UriPartial.Authority)}/{string.Join('/', segments[..^1])}";
        return new FeatureUrl(identity, segments[^2], major, minor);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Identity}/{Version}";

    private static bool TryVersion(string text, out int major, out int minor)
    {
        major = 0;
        minor = 0;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return text.StartsWith('v')
            && dot > 1
            && int.TryParse(text.AsSpan(1, dot - 1), NumberStyles.None, CultureInfo.InvariantCulture, out major)
            && int.TryParse(text.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out minor);
    }
}
