using System.Collections.Immutable;

namespace GraphGateway.ControlPlane;

/// <summary>What was found out when a change was held against persisted operations.</summary>
/// <param name="Verdict">What would break; null where they cannot be read, or there are none yet.</param>
/// <param name="Revision">The state of the store, asked for before the operations.</param>
/// <param name="Unread">Why they cannot be read; null where they can.</param>
/// <param name="Missing">Why there are none: nobody has published any; null where there are some.</param>
internal sealed record HeldChange(OperationsVerdict? Verdict, StoreRevision Revision, string? Unread, string? Missing)
{
    // So many are named in an answer, each in so many characters; the check of a command names all.
    private const int MostNamed = 50;
    private const int NamedLength = 1_000;

    // And with a launch, which is kept.
    private const int MostKept = 20;
    private const int KeptLength = 200;

    /// <summary>True where it needs consent: something would break, or nobody can tell.</summary>
    public bool NeedsConsent => Unread is not null || Verdict is { Problems.IsEmpty: false } or { Left: > 0 };

    /// <summary>What would break, each with what is wrong with it: as many as an answer names.</summary>
    public ImmutableArray<string> Names => Verdict is null ? [] : NamesOf(Verdict.Problems);

    /// <summary>What is kept with a launch that was made all the same.</summary>
    public LaunchConsent Consent => new(
        Verdict?.Broken ?? 0, Unread is null && Verdict is not { Left: > 0 }, [.. (Verdict?.Problems ?? []).Take(MostKept).Select(static problem => Short(problem.ToString(), KeptLength))]);

    /// <summary>What was found, in words that can stand behind others.</summary>
    /// <param name="stage">The stage.</param>
    public string Found(string stage) => Unread is { } reason
        ? $"the persisted operations of {stage} cannot be read, and who would break is not known: {reason}"
        : Verdict?.Summary ?? Missing ?? "";

    /// <summary>Why a change is not made.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="kind">The change.</param>
    public LaunchResult Refuse(string stage, LaunchKind kind)
    {
        var done = StageChange.DoneOf(kind);
        var again = Verdict is { Left: > 0 } ? " The same change once more goes on with these." : "";
        return LaunchResult.Refused(
            $"Nothing is {done}: {Found(stage)}{again} With --allow-breaking-operations (\"allowBreakingOperations\" over HTTP) it is {done} all the same.") with { Broken = Names };
    }

    /// <summary>Problems as an answer names them.</summary>
    /// <param name="problems">The problems.</param>
    public static ImmutableArray<string> NamesOf(ImmutableArray<OperationProblem> problems) =>
    [
        .. problems.Take(MostNamed).Select(static problem => Short(problem.ToString(), NamedLength)),
        .. problems.Length > MostNamed ? new[] { $"and {problems.Length - MostNamed} more; `graphgateway check --operations` names all." } : [],
    ];

    private static string Short(string text, int most) => text.Length > most ? $"{text[..most]}..." : text;
}
