using GraphGateway.ControlPlane;

namespace GraphGateway.Cli;

/// <summary>Whose keys are meant: those that clients show a gateway, or those that teams show the registry.</summary>
/// <param name="StoreVariable">The variable that tells where they are.</param>
/// <param name="PepperVariable">The variable that tells what they are hashed with.</param>
/// <param name="Open">Opens their store at a place, for reading alone or for all.</param>
/// <param name="Revoked">How soon a revoked key is refused.</param>
/// <param name="Commands">The commands for these keys.</param>
internal sealed record KeyHolder(string StoreVariable, string PepperVariable, Func<string, bool, ApiKeyStore> Open, string Revoked, string Commands)
{
    internal static KeyHolder Gateway { get; } = new(
        "Gateway__Authentication__ApiKeys__Store", "Gateway__Authentication__ApiKeys__PepperFile", ApiKeyStore.At, "Gateways refuse it within 10 seconds.",
        "graphgateway keys");

    internal static KeyHolder Registry { get; } = new(
        RegistryOptions.StoreVariable, "Gateway__Registry__Api__PepperFile", ApiKeyStore.OfRegistry, "The registry refuses it at once.", "graphgateway registry keys");

    /// <summary>Why a key needs a scope; null where it needs none.</summary>
    internal string? NeedsScope => this == Registry ? $"Give --scope: without one the key may do nothing. Scopes are {RegistryScope.Form}." : null;

    /// <summary>Why a text is no scope; null where it is one.</summary>
    internal string? FindScopeProblem(string scope) => this == Registry && RegistryScope.Parse(scope) is null ? $"--scope: '{scope}' is none. Scopes are {RegistryScope.Form}." : null;
}
