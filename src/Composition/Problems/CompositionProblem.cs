using System.Collections.Immutable;
using System.Text;

namespace GraphGateway.Composition;

/// <summary>How bad a problem is.</summary>
public enum ProblemSeverity
{
    /// <summary>There is no supergraph.</summary>
    Error,

    /// <summary>There is one, but something should be changed.</summary>
    Warning,
}

/// <summary>A place in a source's schema; line and column are one-based.</summary>
/// <param name="Source">The source's name.</param>
/// <param name="File">The file as the source names it.</param>
/// <param name="Line">The line.</param>
/// <param name="Column">The column, in UTF-16 code units.</param>
public sealed record ProblemPlace(string Source, string File, int Line, int Column)
{
    /// <summary>As compilers write it: <c>file:line:column</c>.</summary>
    public override string ToString() => $"{File}:{Line}:{Column}";
}

/// <summary>One thing that is wrong with the sources, in words for the team that owns them.</summary>
public sealed record CompositionProblem
{
    /// <summary>The kind; <c>graphgateway explain</c> tells more about it.</summary>
    public required ProblemCode Code { get; init; }

    /// <summary>How bad it is.</summary>
    public ProblemSeverity Severity { get; init; } = ProblemSeverity.Error;

    /// <summary>What is wrong, in one or two sentences.</summary>
    public required string Message { get; init; }

    /// <summary>All places that take part in it, in every source involved; empty when it belongs to no place.</summary>
    public ImmutableArray<ProblemPlace> Places { get; init; } = [];

    /// <summary>At how many places it is besides.</summary>
    public int MorePlaces { get; init; }

    /// <summary>What to change.</summary>
    public required string Hint { get; init; }

    /// <summary>Place, code and message, the further places, and the hint, each on a line of its own.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (!Places.IsEmpty)
        {
            text.Append(Places[0]).Append(' ');
        }

        text.Append(Severity == ProblemSeverity.Warning ? "warning " : "").Append(Code.ToWire()).Append(' ').Append(Message);
        foreach (var place in Places.Skip(1))
        {
            text.Append("\n  also ").Append(place);
        }

        text.Append(MorePlaces > 0 ? $"\n  and at {MorePlaces} more place{(MorePlaces == 1 ? "" : "s")}" : "");
        return text.Append("\n  hint: ").Append(Hint).ToString();
    }
}
