using System.Collections.Immutable;
using GraphGateway.Composition;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.ControlPlane;

/// <summary>What is different between two launches of a stage: for clients, with who uses what is about to go, and in the supergraph's text.</summary>
internal static class ChangePages
{
    /// <summary>In how many days use is counted.</summary>
    public const int Days = 30;

    private const int MostChanges = 300;
    private const int MostClients = 5;

    public static async Task<Page> ChangesAsync(PageCall call, string graph, string stage, int number)
    {
        if (await call.Registry.FindLaunchAsync(graph, stage, number, call.Cancellation) is not { } after)
        {
            return await LaunchPages.NotFoundAsync(call, graph, stage, number);
        }

        var from = call.Number("from") ?? after.Base;
        var form = Parts.Search(
            PagePaths.Launch(graph, stage, number) + "/changes", "Compare", Parts.Field("from", "Compare with launch", $"{from}", "number"));
        if (from is not { } older)
        {
            return PageOf(Html.Many(Html.Of("p", $"#{number} is the first of {stage} of {graph}: there is nothing that it was made on."), form));
        }

        if (await call.Registry.FindLaunchAsync(graph, stage, older, call.Cancellation) is not { } before)
        {
            return await LaunchPages.NotFoundAsync(call, graph, stage, older);
        }

        return await call.RunHeavyAsync(async () =>
        {
            var (old, now) = (await call.Registry.SupergraphAsync(graph, stage, older, call.Cancellation), await call.Registry.SupergraphAsync(graph, stage, number, call.Cancellation));
            return old is null || now is null ? PageOf(Html.Many(Html.Of("p", LaunchPages.WithoutSupergraph(old is null ? before : after)), form)) : PageOf(Html.Many(
                form,
                await ForClientsAsync(call, graph, stage, Read(old, older), Read(now, number)),
                Parts.Section("In the supergraph", DiffView.Of(old, now, "The supergraph, line by line"))));
        });

        Page PageOf(Html body) => new(from is null ? $"Changes of #{number}" : $"Changes from #{from} to #{number}", body) { Trail = LaunchPages.TrailOf(graph, stage, number) };
    }

    /// <summary>The supergraph of a text that the registry has.</summary>
    /// <exception cref="InvalidDataException">It cannot be read.</exception>
    public static Supergraph Read(string text, int launch)
    {
        var read = SupergraphReader.Read(new SourceText(text, $"#{launch}"));
        return read.Supergraph ?? throw new InvalidDataException($"The supergraph of #{launch} cannot be read: {read.Errors[0].Message}");
    }

    private static async Task<Html> ForClientsAsync(PageCall call, string graph, string stage, Supergraph old, Supergraph now)
    {
        var compared = SchemaComparison.CompareSome(old, now, new SchemaComparisonOptions { Most = MostChanges });
        var changes = compared.Changes;
        if (changes.IsEmpty)
        {
            return Parts.Section("For clients", Html.Of("p", "Nothing changes for clients."));
        }

        var usersOf = await ChangeUsage.FindAsync(
            call.Registry, graph, stage, changes, old.PublicSchema.QueryType!.Name, UsageDays.Of(call.Now, Days), call.Cancellation);
        return Html.Many([.. Enum.GetValues<ChangeSeverity>().Select(severity => Show(severity, [.. changes.Where(change => change.Severity == severity)], compared.More(severity), usersOf))]);
    }

    private static Html? Show(ChangeSeverity severity, ImmutableArray<SchemaChange> changes, int more, Func<SchemaChange, ImmutableArray<ClientUse>?> usersOf)
    {
        if (changes.IsEmpty)
        {
            return null;
        }

        // Where no gateway counts, what is not used cannot be told from what is.
        var shown = changes.Select(change => (Change: change, Users: usersOf(change))).ToList();
        var isTold = shown.Any(one => one.Users is not null);
        var title = severity switch
        {
            ChangeSeverity.Breaking => "Requests of clients can fail",
            ChangeSeverity.Dangerous => "Requests stay valid, but clients may have to expect it",
            _ => "No client notices",
        };
        ImmutableArray<Column> columns = ["Where", "What changes", "Code"];
        return Html.Of(
            "section",
            Html.Of("h2", Html.Of("span", severity.ToString()).Class($"badge {Parts.Word(severity)}"), " ", Parts.Count(changes.Length + more, "change")),
            Parts.Table(title, isTold ? [.. columns, $"Used in {Days} days by"] : columns, shown.Select(one =>
            {
                var change = one.Change;
                Html?[] cells = [change.Coordinate.Length == 0 ? "the schema" : Parts.Code(change.Coordinate), change.Message, Parts.Code(change.WireCode)];
                return isTold ? [.. cells, one.Users is { } users ? Clients(users) : null] : cells;
            })),
            more > 0 ? Html.Of("p", $"{Parts.Count(more, "more change")} left out: ", Parts.Code("graphgateway diff"), $" tells of {AnswerBounds.Changes} of a kind.") : null);
    }

    private static Html Clients(ImmutableArray<ClientUse> users) => users.IsEmpty ? Html.Of("span", "nobody").Class("none") : Html.Many(
        [
            .. users.Take(MostClients).SelectMany((use, at) => new Html?[] { at == 0 ? null : ", ", Parts.Client(use.Name), " (", Html.Number(use.Requests), ")" }),
            users.Length > MostClients ? $" and {Parts.Count(users.Length - MostClients, "other")}" : null,
        ]);
}
