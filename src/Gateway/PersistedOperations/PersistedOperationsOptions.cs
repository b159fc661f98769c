namespace GraphGateway.Gateway;

/// <summary>Whether clients may send an identifier instead of a document (<c>Gateway:PersistedOperations</c>).</summary>
public sealed record PersistedOperationsOptions
{
    /// <summary>
    /// Whether the gateway remembers documents that come with their hash, for requests with the hash alone: automatic persisted queries. It lets nobody run
    /// what could not be sent as text.
    /// </summary>
    public bool Automatic { get; init; } = true;

    /// <summary>Bytes of all documents that are remembered so; what nobody has asked for lately makes room, and its clients send it again.</summary>
    public int AutomaticBytes { get; init; } = 32 * 1024 * 1024;

    internal static PersistedOperationsOptions Read(SettingsReader reader)
    {
        var defaults = new PersistedOperationsOptions();
        return new PersistedOperationsOptions
        {
            Automatic = reader.OnOff(nameof(Automatic), defaults.Automatic),
            AutomaticBytes = reader.Count(nameof(AutomaticBytes), defaults.AutomaticBytes),
        };
    }
}
