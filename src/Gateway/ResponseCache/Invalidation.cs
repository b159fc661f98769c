using System.Collections.Immutable;
using System.Text.Json;

namespace GraphGateway.Gateway;

/// <summary>What is to be forgotten: one request of those that <see cref="InvalidationReader"/> reads.</summary>
internal sealed record Invalidation
{
    /// <summary>Of these sources; empty: of all.</summary>
    public ImmutableArray<string> Sources { get; init; } = [];

    /// <summary>Only of this type; null for any.</summary>
    public string? Type { get; init; }

    /// <summary>Only the entity of this key, a JSON object; null for any.</summary>
    public JsonElement? Key { get; init; }

    /// <summary>Only with this tag; null for any.</summary>
    public string? Tag { get; init; }

    /// <summary>Its name, as telemetry has it.</summary>
    public string Kind => Tag is not null ? "cache_tag" : Key is not null ? "entity" : Type is not null ? "type" : "subgraph";
}
