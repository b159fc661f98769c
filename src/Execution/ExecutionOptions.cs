using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Execution;

/// <summary>Bounds of an execution and what clients are told of a source's errors.</summary>
public sealed record ExecutionOptions
{
    /// <summary>Targets in one request by variable batch or <c>_entities</c>; more are split over several requests.</summary>
    public int MaxBatchSize { get; init; } = 5_000;

    /// <summary>Targets in one request by aliases; lower, because the document grows with each and servers bound their documents.</summary>
    public int MaxAliasBatchSize { get; init; } = 250;

    /// <summary>
    /// Bytes of the document of one request by aliases: a lookup that selects much goes fewer times into one. Sources bound the tokens and
    /// fields of their documents.
    /// </summary>
    public int MaxAliasDocumentBytes { get; init; } = 250_000;

    /// <summary>Bytes of variables in one request for several targets; more are split over several requests. One target always goes.</summary>
    public int MaxVariableBytes { get; init; } = 1_000_000;

    /// <summary>Ids in one <c>nodes(ids:)</c> that the gateway answers; a field with more is null with an error.</summary>
    public int MaxNodes { get; init; } = 1_000;

    /// <summary>Errors in one answer; the last one says how many were left out.</summary>
    public int MaxErrors { get; init; } = 1_000;

    /// <summary>Deepest nesting of a source's JSON.</summary>
    public int MaxJsonDepth { get; init; } = 256;

    /// <summary>True when an entity that a query already has from a source, without an error, is not fetched from it again.</summary>
    public bool ReusesEntities { get; init; }

    /// <summary>True for a source whose errors are passed on to clients as they are; otherwise message and extensions are masked.</summary>
    public Func<SourceSchema, bool> ForwardsErrors { get; init; } = static _ => false;

    /// <summary>True when errors name the source they come from (<c>extensions.service</c>).</summary>
    public bool NamesSources { get; init; }
}
