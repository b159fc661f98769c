namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// An argument of a field or of a directive has no value that fits: an execution error at that argument, not at the field
/// (<see href="https://spec.graphql.org/September2025/#sec-Coercing-Field-Arguments">Spec §6.4.1</see>). Never leaves the executor.
/// </summary>
internal sealed class InputMistake(string message, int start) : Exception(message)
{
    /// <summary>Offset in the document, in bytes.</summary>
    public int Start { get; } = start;
}
