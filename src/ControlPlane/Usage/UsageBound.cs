namespace GraphGateway.ControlPlane;

/// <summary>
/// Holds counts to how many clients and operations of a day are told apart: names are the clients' to choose, and whoever invents them makes no table grow. What is
/// beyond is counted together. By the rows of operations the day's clients are known: one that uses members alone gets a row there of no operation, with no requests.
/// </summary>
internal sealed class UsageBound
{
    private readonly UsageLimits limits;
    private readonly HashSet<string> clients;
    private readonly HashSet<(string Client, string Hash, string Name)> operations;

    /// <param name="limits">How many.</param>
    /// <param name="known">What the day has already.</param>
    public UsageBound(UsageLimits limits, IEnumerable<(string Client, string Hash, string Name)> known)
    {
        this.limits = limits;
        operations = [.. known];
        clients = operations.Select(operation => operation.Client).Where(client => client != UsageLimits.Others).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The counts with each client and operation once, in bounds. Nothing is lost: what has no row of its own is counted with others.</summary>
    public UsageCounts Apply(UsageCounts counts)
    {
        // Who asks most is told apart first.
        var ranked = counts.Operations.Select(use => use with { Client = UsageNames.OfReported(use.Client) })
            .OrderByDescending(use => use.Requests).ThenBy(use => use.Client, StringComparer.Ordinal).ThenBy(use => use.Hash, StringComparer.Ordinal).ToArray();
        var members = counts.Members.Select(use => use with { Client = UsageNames.OfReported(use.Client) }).ToArray();
        foreach (var client in ranked.Select(use => use.Client))
        {
            Add(client);
        }

        var bare = members.Select(use => use.Client).Where(Add).Select(client => new OperationUse(client, "", "", 0)).ToArray();
        return new UsageCounts(
            [
                .. members.GroupBy(use => (use.Coordinate, Client: ClientOf(use.Client)))
                    .Select(group => new MemberUse(group.Key.Coordinate, group.Key.Client, group.Sum(use => use.Requests))),
            ],
            [
                .. ranked.GroupBy(use => OperationOf(ClientOf(use.Client), use.Hash, use.Name))
                    .Select(group => new OperationUse(group.Key.Client, group.Key.Hash, group.Key.Name, group.Sum(use => use.Requests))),
                .. bare,
            ]);
    }

    // Whether it is another one that is told apart.
    private bool Add(string client) => clients.Count < limits.Clients && client != UsageLimits.Others && clients.Add(client);

    private string ClientOf(string client) => clients.Contains(client) ? client : UsageLimits.Others;

    private (string Client, string Hash, string Name) OperationOf(string client, string hash, string name)
    {
        var operation = (client, hash, name);
        if (operations.Contains(operation))
        {
            return operation;
        }

        if (operations.Count >= limits.Operations)
        {
            return (client, "", "");
        }

        operations.Add(operation);
        return operation;
    }
}
