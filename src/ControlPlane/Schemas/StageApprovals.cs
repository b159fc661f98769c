using System.Collections.Immutable;

namespace GraphGateway.ControlPlane;

/// <summary>
/// Says what approving a launch makes of a stage as it is now: its changes on top of what others have done since. What it changes is put in the place of what is
/// older than it, never of what is newer: of launches that wait for the same source the last one counts, in whichever order they are approved.
/// </summary>
internal sealed class StageApprovals(RegistryReader reader, string graph, string stage, CancellationToken cancellation)
{
    // So many are told of.
    private const int MostTold = 5;

    /// <summary>A launch that waits: as it is where the stage is as it was, else its changes on top of what others have done.</summary>
    /// <param name="state">The stage.</param>
    /// <param name="number">The launch.</param>
    /// <param name="overNewer">True: also where others have changed the same sources after it was made.</param>
    public async Task<Proposed> ApproveAsync(StageState state, int number, bool overNewer)
    {
        var target = await reader.LaunchAsync(graph, stage, number, cancellation);
        if (target is not { Status: LaunchStatus.Awaiting })
        {
            return NotWaiting(graph, stage, number, target);
        }

        var sources = await reader.ContentsAsync(graph, stage, number, cancellation);
        var before = target.Base is { } from ? await reader.ContentsAsync(graph, stage, from, cancellation) : [];
        var changed = sources.Where(source => !before.Any(source.IsSameAs)).ToImmutableArray();
        ImmutableArray<string> names = [.. changed.Select(source => source.Source)];
        if (state.Live is null || state.Live == target.Base)
        {
            var supergraph = await reader.Supergraphs.TextAsync(graph, stage, number, cancellation);
            if (supergraph is not null && !target.IsSupergraph(supergraph))
            {
                return target.WithOtherSupergraph;
            }

            if (await reader.ProblemsAsync(graph, stage, number, cancellation) is not { } kept)
            {
                return StageProposals.Gone(graph, stage);
            }

            var (problems, more) = LaunchProblems.Read(kept);
            return new Proposal(LaunchKind.Approve, sources, names)
            {
                Subject = SubjectOf(target),
                Target = number,
                Supergraph = supergraph,
                Problems = problems,
                MoreProblems = more,
            };
        }

        var touched = before.Select(source => source.Source).Except(sources.Select(source => source.Source), StringComparer.Ordinal).Concat(names).ToHashSet(StringComparer.Ordinal);
        return !overNewer && await FindNewerAsync(state, number, touched, before, sources) is { } newer
            ? newer
            : new Proposal(LaunchKind.Approve, StageProposals.Ordered(state.Sources.Where(source => !touched.Contains(source.Source)).Concat(changed)), names)
            {
                Subject = SubjectOf(target),
                Target = number,
            };
    }

    // A source without a version would read as if it were published.
    private static string SubjectOf(Launch target) => target.Kind == LaunchKind.Delete ? $"delete {target.Subject}" : target.Subject;

    /// <summary>Why there is nothing to decide.</summary>
    public static string NotWaiting(string graph, string stage, int number, Launch? launch) =>
        $"#{number} of {stage} of {graph} does not wait for approval."
        + (launch?.Rejection is { } rejection ? $" It was rejected{(rejection.By is { } by ? $" by {by}" : "")}{(rejection.Reason is { } reason ? $": {reason}" : ".")}" : "");

    // A source that is as it was when the launch was made, or as the launch has it, is in nobody's way.
    private async Task<string?> FindNewerAsync(
        StageState state, int number, IEnumerable<string> touched, ImmutableArray<ProposedSource> before, ImmutableArray<ProposedSource> wanted)
    {
        var newer = new List<string>();
        foreach (var name in touched.Order(StringComparer.Ordinal))
        {
            var (now, old) = (Named(state.Sources, name), Named(before, name));
            var own = Named(wanted, name);
            if (IsSame(now, old) || IsSame(now, own))
            {
                continue;
            }

            // What was approved is as old as the launch that waited.
            var by = await reader.ChangedByAsync(graph, stage, name, now, cancellation);
            if (by is not null && (by is { Kind: LaunchKind.Approve, Target: { } waited } ? waited : by.Number) > number)
            {
                newer.Add(Tell(name, now, own ?? old, by));
            }
        }

        var more = newer.Count > MostTold ? $", and {newer.Count - MostTold} more" : "";
        return newer.Count == 0 ? null
            : $"#{number} of {stage} of {graph} would take the place of what is newer: {string.Join(", ", newer.Take(MostTold))}{more}. "
            + $"Reject #{number}, and publish once more what is still wanted of it; or approve it with --over-newer (\"overNewer\" over HTTP).";
    }

    private static string Tell(string name, ProposedSource? now, ProposedSource? own, Launch by)
    {
        var what = now is null ? $"{name} is gone" : now.Version == own?.Version ? $"{name} has another URL" : $"{name} is {name}@{now.Version}";
        var launch = by is { Kind: LaunchKind.Approve, Target: { } waited } ? $"approve #{waited}" : $"{by.Kind.ToString().ToLowerInvariant()} {by.Subject}";
        return $"{what} since #{by.Number} ({launch}{(by.Note.Author is { } author ? $" by {author}" : "")})";
    }

    private static ProposedSource? Named(ImmutableArray<ProposedSource> sources, string name) => sources.FirstOrDefault(source => source.Source == name);

    private static bool IsSame(ProposedSource? one, ProposedSource? other) => one is null ? other is null : other is not null && one.IsSameAs(other);
}
