namespace GraphGateway.ControlPlane;

/// <summary>A change of a stage before it is made: one of those that are in it.</summary>
public abstract record StageChange
{
    private StageChange()
    {
    }

    /// <summary>What it makes.</summary>
    public abstract LaunchKind Kind { get; }

    /// <summary>What is done then with a kind of change, such as <c>published</c>.</summary>
    /// <param name="kind">The kind.</param>
    public static string DoneOf(LaunchKind kind) => kind switch
    {
        LaunchKind.Publish => "published",
        LaunchKind.Delete => "deleted",
        LaunchKind.Promote => "promoted",
        LaunchKind.Rollback => "rolled back",
        _ => "approved",
    };

    /// <summary>Sources are published.</summary>
    /// <param name="Publications">The sources.</param>
    public sealed record Publish(IReadOnlyCollection<SourcePublication> Publications) : StageChange
    {
        /// <inheritdoc/>
        public override LaunchKind Kind => LaunchKind.Publish;
    }

    /// <summary>A source is taken out.</summary>
    /// <param name="Source">The source.</param>
    public sealed record Delete(string Source) : StageChange
    {
        /// <inheritdoc/>
        public override LaunchKind Kind => LaunchKind.Delete;
    }

    /// <summary>The live sources of another stage are taken over.</summary>
    /// <param name="From">The stage that has them.</param>
    /// <param name="Urls">Where sources answer here, by name, where that changes.</param>
    public sealed record Promote(string From, IReadOnlyDictionary<string, string> Urls) : StageChange
    {
        /// <inheritdoc/>
        public override LaunchKind Kind => LaunchKind.Promote;
    }

    /// <summary>An earlier launch is made live again.</summary>
    /// <param name="To">The launch; null: the one that was live before.</param>
    public sealed record Rollback(int? To) : StageChange
    {
        /// <inheritdoc/>
        public override LaunchKind Kind => LaunchKind.Rollback;
    }

    /// <summary>A launch that waits is made live.</summary>
    /// <param name="Launch">The launch.</param>
    /// <param name="OverNewer">True: also where what it changes was changed after it was made.</param>
    public sealed record Approve(int Launch, bool OverNewer) : StageChange
    {
        /// <inheritdoc/>
        public override LaunchKind Kind => LaunchKind.Approve;
    }
}

/// <summary>Says what each kind of change makes of a stage, and why it makes nothing.</summary>
internal sealed class ChangeProposals(RegistryReader reader, RegistryLimits limits)
{
    /// <summary>Why a change cannot be made whatever the stage is at; null where it can.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="change">The change.</param>
    public string? FindProblem(string stage, StageChange change) => change switch
    {
        StageChange.Publish publish => publish.Publications.Select(limits.FindProblem).FirstOrDefault(problem => problem is not null),
        StageChange.Promote promote when promote.From == stage => $"{stage} cannot be promoted to itself.",
        StageChange.Promote promote => promote.Urls.Select(url => RegistryLimits.FindUrlProblem(url.Key, url.Value)).FirstOrDefault(problem => problem is not null),
        _ => null,
    };

    /// <summary>What the stage would be. Asked again where others have changed it meanwhile.</summary>
    /// <param name="state">The stage as it is.</param>
    /// <param name="change">The change.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task<Proposed> ProposeAsync(StageState state, StageChange change, CancellationToken cancellation)
    {
        var proposals = new StageProposals(reader, state.Graph, state.Stage, cancellation);
        return change switch
        {
            StageChange.Publish publish => Task.FromResult(StageProposals.Publish(state, publish.Publications)),
            StageChange.Delete delete => Task.FromResult(StageProposals.Delete(state, delete.Source)),
            StageChange.Promote promote => proposals.PromoteAsync(state, promote.From, promote.Urls),
            StageChange.Rollback rollback => proposals.RollbackAsync(state, rollback.To),
            StageChange.Approve approve => new StageApprovals(reader, state.Graph, state.Stage, cancellation).ApproveAsync(state, approve.Launch, approve.OverNewer),
            _ => throw new ArgumentOutOfRangeException(nameof(change), change, "There is no such change."),
        };
    }
}
