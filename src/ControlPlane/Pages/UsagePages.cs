namespace GraphGateway.ControlPlane;

/// <summary>What clients use of a stage, by what its gateways have counted.</summary>
internal static class UsagePages
{
    private const int Most = 100;
    private const string Client = "client";
    private static readonly int MostDays = new UsageLimits().Days;

    public static async Task<Page> UsageAsync(PageCall call, string graph, string stage)
    {
        if (await call.Registry.StageAsync(graph, stage, call.Cancellation) is null)
        {
            return await Refusals.NotFoundAsync(call, "There is no such stage.");
        }

        var days = Math.Min(call.Number("days") ?? ChangePages.Days, MostDays);
        var within = UsageDays.Of(call.Now, days);
        var path = PagePaths.Usage(graph, stage);

        // Clients without a name have the empty one.
        var (query, member, client) = (call.Text("q"), call.Text("member"), call.Text(Client) ?? (call.Has(Client) && call.Has("only") ? "" : null));
        var clients = await call.Listing.ClientsAsync(graph, stage, within, Most + 1, call.Cancellation);
        return new Page($"Usage of {stage} of {graph}", Html.Many(
            Parts.Search(
                path,
                "Show",
                Parts.Field("days", $"Days, up to {MostDays}", $"{days}", "number"),
                Parts.Field("q", "Member, such as Order.total", query),
                Parts.Field(Client, "Client", client)),
            clients.IsEmpty ? Html.Of("p", "No gateway of this stage has counted anything in that time.") : Html.Many(
                client is null ? null : Html.Of("p", "Of ", Html.Of("strong", Parts.Client(client)), " alone. ", Html.Link(PagePaths.With(path, ("days", days)), "All clients")),
                member is null ? null : await MemberAsync(call, graph, stage, member, within),
                client is null && member is null && query is null ? Clients(path, days, clients) : null,
                await MembersAsync(call, graph, stage, within, days, query, client),
                query is null ? await OperationsAsync(call, graph, stage, within, client) : null)))
        {
            Trail = [.. StagePages.TrailOf(graph, stage)],
        };
    }

    private static Html Clients(string path, int days, IReadOnlyList<RankedUse> clients) => Parts.Section(
        "Clients",
        Parts.Table("Clients, who asks most first", ["Client", new Column("Requests", true), new Column("Operations", true)], clients.Take(Most).Select(use => new Html?[]
        {
            Html.Link(PagePaths.With(path, ("days", days), (Client, use.Name), ("only", use.Name.Length == 0 ? 1 : null)), Parts.Client(use.Name)), Html.Number(use.Requests), Html.Number(use.Others),
        })),
        clients.Count > Most ? Left() : null);

    private static async Task<Html> MemberAsync(PageCall call, string graph, string stage, string member, UsageDays within)
    {
        var uses = await call.Registry.MemberUsesAsync(graph, stage, [member], within, call.Cancellation);
        return Parts.Section(
            $"Who uses {member}",
            uses.Count == 0 ? Html.Of("p", "Nobody in that time.") : Parts.Table(
                $"Clients that use {member}", ["Client", new Column("Requests", true)], uses.Take(Most).Select(use => new Html?[] { Parts.Client(use.Client), Html.Number(use.Requests) })),
            uses.Count > Most ? Left() : null);
    }

    private static async Task<Html> MembersAsync(PageCall call, string graph, string stage, UsageDays within, int days, string? query, string? client)
    {
        var members = await call.Listing.MembersAsync(graph, stage, within, query, client, Most + 1, call.Cancellation);
        return Parts.Section(
            "Members of the schema",
            members.IsEmpty ? Html.Of("p", "None that was used.") : Parts.Table(
                "Members, the most used first", ["Member", new Column("Requests", true), new Column("Clients", true)], members.Take(Most).Select(use => new Html?[]
                {
                    Html.Link(PagePaths.With(PagePaths.Usage(graph, stage), ("days", days), ("member", use.Name)), Parts.Code(use.Name)), Html.Number(use.Requests), Html.Number(use.Others),
                })),
            members.Length > Most ? Left() : null);
    }

    private static async Task<Html> OperationsAsync(PageCall call, string graph, string stage, UsageDays within, string? client)
    {
        var operations = await call.Listing.OperationsAsync(graph, stage, within, client, Most + 1, call.Cancellation);
        return Parts.Section(
            "Operations",
            operations.IsEmpty ? Html.Of("p", "None that was asked for.") : Parts.Table(
                "Operations, the most asked for first", ["Operation", "Client", new Column("Requests", true), "SHA-256"], operations.Take(Most).Select(use => new Html?[]
                {
                    use.Hash.Length == 0 ? UsageLimits.Others : use.Name.Length == 0 ? "(no name)" : Parts.Code(use.Name), Parts.Client(use.Client), Html.Number(use.Requests),
                    use.Hash.Length == 0 ? null : Parts.Code(use.Hash[..Math.Min(12, use.Hash.Length)]),
                })),
            operations.Length > Most ? Left() : null);
    }

    private static Html Left() => Html.Of("p", $"The first {Most} are shown. ", Parts.Code("graphgateway usage"), " tells all.");
}
