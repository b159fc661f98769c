using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>A source schema as a team hands it in.</summary>
public sealed record SourceInput
{
    /// <summary>Its unique name, such as <c>orders</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Where its settings name it; null: nowhere.</summary>
    internal Place? NamePlace { get; init; }

    /// <summary>The schema's documents; definitions first, further files with extensions after them. Their names are what messages show.</summary>
    public required ImmutableArray<SourceText> Documents { get; init; }

    /// <summary>What is not in the schema itself.</summary>
    public SourceSettings Settings { get; init; } = new();
}

/// <summary>What a source's settings file says.</summary>
public sealed record SourceSettings
{
    /// <summary>Where the source answers; null when only the gateway's configuration tells.</summary>
    public Uri? Url { get; init; }

    /// <summary>The dialect; null: told by the schema's directives.</summary>
    public SourceDialect? Dialect { get; init; }

    /// <summary>The dialect of a schema whose directives do not tell; a source in rover's <c>supergraph.yaml</c> is one of Apollo's then.</summary>
    public SourceDialect UntoldDialect { get; init; } = SourceDialect.Composite;

    /// <summary>What the source can batch; null: the dialect's default.</summary>
    public SourceBatching? Batching { get; init; }

    /// <summary>True when the source serves subscriptions; null: when it has a subscription type.</summary>
    public bool? SupportsSubscriptions { get; init; }

    /// <summary>Composite Schemas: the arguments of a lookup are a key of what it returns, whether <c>@key</c> says so or not.</summary>
    public bool InferKeysFromLookups { get; init; } = true;

    /// <summary>Composite Schemas: every field of the source may be shared, whether <c>@shareable</c> says so or not.</summary>
    public bool InferShareable { get; init; }

    /// <summary>Composite Schemas: a key of an interface is one of every object that implements it.</summary>
    public bool InheritInterfaceKeys { get; init; } = true;

    /// <summary>Types and members with one of these tags (<c>@tag(name:)</c>) are left out before anything else.</summary>
    public ImmutableArray<string> ExcludeByTag { get; init; } = [];

    /// <summary>What other programs have to know of the source, as JSON; null: nothing. It is kept as it is.</summary>
    public string? Extensions { get; init; }
}
