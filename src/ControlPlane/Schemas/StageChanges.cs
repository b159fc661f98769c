using System.Text;
using GraphGateway.Composition;

namespace GraphGateway.ControlPlane;

/// <summary>
/// How a stage changes: 1. read it, 2. compose what it would be, without a lock, 3. commit in one transaction where nobody has changed the stage since, else begin
/// anew. So of two changes at the same time one comes after the other, and holds the other's.
/// </summary>
/// <remarks>
/// A change that does not compose is kept as a draft, and what is live stays. A draft is no ground for what comes later, except in a stage where nothing ever
/// composed: there sources gather until they do.
/// </remarks>
internal sealed class StageChanges(StoreDatabase database, RegistryReader reader, RegistryLimits limits, SupergraphKey? signer, OperationsGuard guard)
{
    // Of such a stage: composing takes up to four hundred times the memory of its texts.
    private const int LargeCharacters = 4 * 1024 * 1024;

    /// <summary>Large stages are composed one after the other in a process.</summary>
    internal static SemaphoreSlim Large { get; } = new(1);

    /// <summary>Makes a change: what is proposed is asked for again where others were faster.</summary>
    public async Task<LaunchResult> RunAsync(
        string graph, string stage, Func<StageState, Task<Proposed>> propose, LaunchNote note, DateTimeOffset now, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(note);
        if ((FindNameProblem(graph, stage) ?? RegistryLimits.FindProblem(note)) is { } refusal)
        {
            return LaunchResult.Refused(refusal);
        }

        for (var attempt = 0; attempt < limits.Attempts; attempt++)
        {
            // 1.
            var state = await StateAsync(graph, stage, cancellation);
            var proposed = await propose(state);
            if (proposed.Proposal is not { } proposal)
            {
                return LaunchResult.Refused(proposed.Refusal!);
            }

            if (state.Live is { } live && proposal.Sources.Length == state.Sources.Length && proposal.Sources.Zip(state.Sources).All(pair => pair.First.IsSameAs(pair.Second))
                && await IsSignedAsync(state, live, cancellation))
            {
                if (proposal is { Kind: LaunchKind.Approve, Target: { } waiting } && !await SettleAsync(state, waiting, note, now, cancellation))
                {
                    continue;
                }

                // Else the stage was taken away meanwhile.
                if (await reader.LaunchAsync(graph, stage, live, cancellation) is not { } unchanged)
                {
                    continue;
                }

                return new LaunchResult(LaunchOutcome.Unchanged, unchanged, [], null)
                {
                    Sources = await reader.SourcesAsync(graph, stage, live, cancellation),
                    Live = live,
                };
            }

            // 2.
            var (composed, problem) = await InTurnAsync(proposal, () => Compose(proposal, stage, cancellation), cancellation);
            if (problem is not null)
            {
                return LaunchResult.Refused(problem);
            }

            var held = composed.Supergraph is { } text ? await guard.HoldAsync(graph, stage, text, ReadLive, cancellation) : null;
            if (held is { NeedsConsent: true } && !note.AllowBreakingOperations)
            {
                return held.Refuse($"{stage} of {graph}", proposal.Kind);
            }

            // 3.
            if (await CommitAsync(state, proposal, Signed(composed, graph, stage), held is { NeedsConsent: true } ? held.Consent : null, note, now, cancellation) is { } result)
            {
                return held is null ? result : await guard.ConcludeAsync(graph, stage, composed.Supergraph!, held, result, cancellation);
            }

            Task<string?> ReadLive() => state.Live is { } number ? reader.Supergraphs.TextAsync(graph, stage, number, cancellation) : Task.FromResult<string?>(null);
        }

        return LaunchResult.Refused($"Others changed {stage} of {graph} {limits.Attempts} times while this change was composed. Try again.");
    }

    /// <summary>What publishing would come to.</summary>
    public async Task<StageCheck> CheckAsync(string graph, string stage, IReadOnlyCollection<SourcePublication> publications, bool withText, CancellationToken cancellation)
    {
        if (FindNameProblem(graph, stage) is { } refusal)
        {
            return StageCheck.Refused(refusal);
        }

        var state = await StateAsync(graph, stage, cancellation);
        var proposed = StageProposals.Publish(state, publications);
        if (proposed.Proposal is not { } proposal)
        {
            return StageCheck.Refused(proposed.Refusal!);
        }

        if (FindTooMany(proposal) is { } tooMany)
        {
            return StageCheck.Refused(tooMany);
        }

        var sources = Read(proposal, stage);
        return SecretOf(sources) is { } secret
            ? StageCheck.Refused(secret)
            : new StageCheck(
                await InTurnAsync(proposal, () => sources.Compose(new ComposerOptions { WritesText = withText, Cancellation = cancellation }), cancellation), sources, state.Live is { } live ? await reader.Supergraphs.TextAsync(graph, stage, live, cancellation) : null, state.Live, null)
            {
                NewSources = state.Sources.IsEmpty ? [] : [.. proposal.Changed.Where(name => state.Sources.All(known => known.Source != name))],
                NewUrls = NewSourceUrl.Of(proposal.Sources, state.Sources),
            };
    }

    /// <summary>What a change would make live. Nothing is stored.</summary>
    public async Task<Found<PreviewAnswer>> PreviewAsync(string graph, string stage, Func<StageState, Task<Proposed>> propose, CancellationToken cancellation)
    {
        if (FindNameProblem(graph, stage) is { } refusal)
        {
            return new Found<PreviewAnswer>(null, refusal);
        }

        var state = await StateAsync(graph, stage, cancellation);
        var proposed = await propose(state);
        if (proposed.Proposal is not { } proposal)
        {
            return new Found<PreviewAnswer>(null, proposed.Refusal);
        }

        var (composed, problem) = await InTurnAsync(proposal, () => Compose(proposal, stage, cancellation), cancellation);
        if (problem is not null)
        {
            return new Found<PreviewAnswer>(null, problem);
        }

        var (told, more) = ApiCompositionProblem.Of(composed.Problems, composed.MoreProblems);
        return new Found<PreviewAnswer>(new PreviewAnswer(composed.Supergraph, told, state.Live, more), null);
    }

    private async Task<LaunchResult?> CommitAsync(
        StageState state, Proposal proposal, CompositionOutcome composed, LaunchConsent? consent, LaunchNote note, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);

        // It is rolled back wherever it is not committed.
        var result = await new LaunchWriter(connection, transaction, state, limits, now, cancellation).WriteAsync(proposal, composed, note, consent);
        if (result is { Outcome: LaunchOutcome.Launched })
        {
            await transaction.CommitAsync(cancellation);
        }

        return result;
    }

    private async Task<bool> SettleAsync(StageState state, int waiting, LaunchNote note, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (!await new LaunchWriter(connection, transaction, state, limits, now, cancellation).SettleAsync(waiting, note))
        {
            return false;
        }

        await transaction.CommitAsync(cancellation);
        return true;
    }

    private static long CharactersOf(Proposal proposal) => proposal.Sources.Sum(static source => (long)source.Content.Schema.Length + (source.Content.Settings?.Length ?? 0));

    private static async Task<T> InTurnAsync<T>(Proposal proposal, Func<T> compose, CancellationToken cancellation)
    {
        if (CharactersOf(proposal) <= LargeCharacters)
        {
            return compose();
        }

        await Large.WaitAsync(cancellation);
        try
        {
            return compose();
        }
        finally
        {
            Large.Release();
        }
    }

    private string? FindTooMany(Proposal proposal) =>
        proposal.Sources.Length > limits.Sources ? $"A stage has {limits.Sources} sources at most."
        : CharactersOf(proposal) is var characters && characters > limits.StageCharacters
        ? $"The schemas and settings of a stage have {limits.StageCharacters} characters at most together, and these would have {characters}."
        : null;

    private (CompositionOutcome Composed, string? Refusal) Compose(Proposal proposal, string stage, CancellationToken cancellation)
    {
        if (proposal.Supergraph is { } ready)
        {
            return (new CompositionOutcome(ready, proposal.Problems, proposal.MoreProblems), null);
        }

        if (FindTooMany(proposal) is { } tooMany)
        {
            return (default, tooMany);
        }

        var sources = Read(proposal, stage);
        if (SecretOf(sources) is { } secret)
        {
            return (default, secret);
        }

        var composed = sources.Compose(new ComposerOptions { WritesText = true, Cancellation = cancellation });
        return composed.Text is { } text && Encoding.UTF8.GetByteCount(text) > limits.SupergraphBytes
            ? (default, $"The supergraph would have more than {limits.SupergraphBytes} bytes.")
            : (new CompositionOutcome(composed.Text, composed.Problems, composed.MoreProblems), null);
    }

    // Also what was composed earlier, by whatever key it was signed then: who makes it live says so.
    private CompositionOutcome Signed(CompositionOutcome composed, string graph, string stage) =>
        signer is null || composed.Supergraph is not { } text ? composed : composed with { Supergraph = SupergraphSignature.Sign(text, SupergraphSignature.StageOf(graph, stage), signer) };

    // What is live and not signed, or by another key, is signed by publishing it again.
    private async Task<bool> IsSignedAsync(StageState state, int live, CancellationToken cancellation) =>
        signer is null
        || (await reader.Supergraphs.TextAsync(state.Graph, state.Stage, live, cancellation) is { } text
            && SupergraphSignature.FindProblem(Encoding.UTF8.GetBytes(text), SupergraphSignature.StageOf(state.Graph, state.Stage), [signer]) is null);

    private async Task<StageState> StateAsync(string graph, string stage, CancellationToken cancellation)
    {
        var state = new StageState(graph, stage, await reader.MarkAsync(graph, stage, cancellation), []);
        return (state.Live ?? await reader.LastNotRejectedAsync(graph, stage, cancellation)) is not { } from ? state : state with
        {
            Base = from,
            Sources = await reader.ContentsAsync(graph, stage, from, cancellation),
            IsBaseUnapproved = state.Live is null && await reader.IsAnyAwaitingAsync(graph, stage, cancellation),
        };
    }

    // The stage is the environment that settings have values for.
    private static SourceFolderResult Read(Proposal proposal, string stage) => SourceTexts.Read(proposal.Sources.Select(source => source.ToTexts()), stage);

    private static string? SecretOf(SourceFolderResult sources) => RegistryLimits.FindSecret(sources.Sources.Select(source => (source.Name, source.Settings.Url)));

    private static string? FindNameProblem(string graph, string stage) => RegistryLimits.FindProblem("graph", graph) ?? RegistryLimits.FindProblem("stage", stage);
}
