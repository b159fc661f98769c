using GraphGateway.Language;
using GraphGateway.Operations;

namespace GraphGateway.Execution;

/// <summary>What one execution gets besides its plan.</summary>
public sealed record ExecutionRequest
{
    /// <summary>The text of the document, for the locations of errors in it.</summary>
    public required SourceText Document { get; init; }

    /// <summary>The coerced variables. Sources get what the client gave, byte for byte; defaults stand in the documents sent to them.</summary>
    public VariableValues Variables { get; init; } = VariableValues.Empty;

    /// <summary>Handed to the transport with each request.</summary>
    public object? TransportContext { get; init; }

    /// <summary>What earlier requests were told of entities, and hears what this one is told; null where nothing is kept between requests.</summary>
    public IEntityCache? Entities { get; init; }

    /// <summary>The part of the schema that introspection tells; null for all of it.</summary>
    public SchemaView? SchemaView { get; init; }

    /// <summary>A JSON object that becomes <c>extensions</c> of the answer; empty for none.</summary>
    public ReadOnlyMemory<byte> Extensions { get; init; }
}
