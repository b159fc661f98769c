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

    /// <summary>
    /// Requests of one execution to all sources together, at most <see cref="RequestCeiling"/>; what further ones would have asked for is null with
    /// an error. Only where a source takes few entities in a request, or one, are there so many.
    /// </summary>
    public int MaxRequests { get; init; } = 10_000;

    /// <summary>For a source, requests of one execution that are on the way to it at the same time; further ones wait.</summary>
    public Func<SourceSchema, int> MaxRequestsAtATime { get; init; } = static _ => 64;

    /// <summary>Slots number the answers that they refer to in 16 bits; a little is left for what is no answer of a source.</summary>
    public const int RequestCeiling = 60_000;

    /// <summary>Ids in one <c>nodes(ids:)</c> that the gateway answers; a field with more is null with an error.</summary>
    public int MaxNodes { get; init; } = 1_000;

    /// <summary>
    /// Bytes of the largest answer, and of what is held to put it together besides the answers of its sources: 16 for each value. An execution that takes more
    /// has no data, and one error.
    /// </summary>
    public int MaxAnswerBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>Where what all executions hold is counted and bounded; what the transport receives, too, where it has the same one.</summary>
    public AnswerMemory Memory { get; init; } = Unlimited;

    /// <summary>Memory without a bound.</summary>
    internal static AnswerMemory Unlimited { get; } = new(long.MaxValue);

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
