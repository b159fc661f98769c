using System.Buffers;
using System.Collections.Immutable;
using GraphGateway.Operations;

namespace GraphGateway.Execution;

/// <summary>What one execution gets besides its plan.</summary>
public sealed record ExecutionRequest
{
    /// <summary>The coerced variables by name, each as JSON; a variable that is absent has no entry.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Variables { get; init; } =
        ImmutableDictionary<string, ReadOnlyMemory<byte>>.Empty;

    /// <summary>Answers <c>__schema</c> and <c>__type</c>; must be there when the operation selects them.</summary>
    public IntrospectionAnswer? Introspection { get; init; }

    /// <summary>Handed to the transport with each request.</summary>
    public object? TransportContext { get; init; }

    /// <summary>A JSON object that becomes <c>extensions</c> of the answer; empty for none.</summary>
    public ReadOnlyMemory<byte> Extensions { get; init; }
}

/// <summary>Writes the JSON value of an introspection root field.</summary>
public delegate void IntrospectionAnswer(NormalizedField field, IBufferWriter<byte> output);
