namespace GraphGateway.ControlPlane;

/// <summary>Where a registry elsewhere is, and by which key it is asked.</summary>
/// <param name="Url">Where its HTTP API is: http or https, perhaps with a path under which a proxy has it.</param>
/// <param name="Key">The key.</param>
public sealed record RegistryAddress(Uri Url, RegistryKey Key)
{
    /// <summary>An address; null where the text is none: it has a query, a name or a password, or is neither http nor https.</summary>
    /// <param name="text">The text.</param>
    public static Uri? ReadUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url is { Scheme: "http" or "https", Query: "", Fragment: "", UserInfo: "" } ? url : null;

    /// <summary>Whether the key goes over a network for all to read.</summary>
    public bool IsOpen => Url is { Scheme: "http", IsLoopback: false };

    /// <summary>Not the key.</summary>
    public override string ToString() => $"{Url}";
}
