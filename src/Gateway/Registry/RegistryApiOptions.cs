using System.Collections.Immutable;
using GraphGateway.ControlPlane;

namespace GraphGateway.Gateway;

/// <summary>Where the gateway's process serves the registry's HTTP API (<c>Gateway:Registry:Api</c>), for one machine that has both.</summary>
public sealed record RegistryApiOptions
{
    private const string PepperFile = "PepperFile";
    private const string SignWith = "SignWith";

    /// <summary>The address, of its own: http, a host and a port.</summary>
    public Uri Url { get; init; } = new("http://127.0.0.1:4100");

    /// <summary>What the registry's keys are hashed with, which is not in the store.</summary>
    public required ImmutableArray<byte> Pepper { get; init; }

    /// <summary>By what each supergraph that becomes live over the API is signed; null signs none.</summary>
    public SupergraphKey? Signer { get; init; }

    /// <summary>Not the pepper.</summary>
    public override string ToString() => $"{Url}";

    // Without a pepper there is nothing.
    internal static RegistryApiOptions? Read(SettingsReader reader)
    {
        var (url, file, signWith) = (reader.Text(nameof(Url)), reader.Text(PepperFile), reader.Text(SignWith));
        if (url is null && file is null && signWith is null)
        {
            return null;
        }

        if (file is null)
        {
            reader.Problem(PepperFile, "is missing: what are the registry's keys hashed with? `graphgateway keys pepper > FILE` makes one.");
            return null;
        }

        var options = new RegistryApiOptions { Pepper = AuthenticationOptionsReader.ReadPepperFile(reader, PepperFile, file) };
        if (signWith is not null)
        {
            if (SupergraphKey.TryRead(Path.GetFullPath(signWith), isPrivate: true, out var signer, out var problem))
            {
                options = options with { Signer = signer };
            }
            else
            {
                reader.Problem(SignWith, problem);
            }
        }

        if (url is not null && RegistryServerOptions.ReadUrl(url) is null)
        {
            reader.Problem(nameof(Url), $"'{url}' is no address such as {options.Url}: http and without a path. Let a proxy end TLS.");
        }

        return url is not null && RegistryServerOptions.ReadUrl(url) is { } read ? options with { Url = read } : options;
    }
}
