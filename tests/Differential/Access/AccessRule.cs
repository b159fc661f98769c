namespace GraphGateway.Differential;

/// <summary>Who may see a member, as it is written behind it.</summary>
/// <param name="IsAuthenticated">Only clients that have shown who they are.</param>
/// <param name="Scopes">Lists of scopes, all of one of which are needed; none where there are no lists.</param>
/// <param name="Policies">The same of policies.</param>
internal sealed record AccessRule(bool IsAuthenticated, List<List<string>> Scopes, List<List<string>> Policies)
{
    /// <summary>True where the caller may see it.</summary>
    public bool Admits(Caller caller) => (!IsAuthenticated || caller.IsAuthenticated) && HasOne(Scopes, caller.Scopes) && HasOne(Policies, caller.Policies);

    /// <summary>Whoever may see both.</summary>
    public AccessRule And(AccessRule other) =>
        new(IsAuthenticated || other.IsAuthenticated, Both(Scopes, other.Scopes), Both(Policies, other.Policies));

    /// <inheritdoc/>
    public override string ToString() => string.Join(' ', new[]
    {
        IsAuthenticated ? "@authenticated" : "", Text("@requiresScopes(scopes: ", Scopes), Text("@policy(policies: ", Policies),
    }.Where(text => text.Length > 0));

    private static bool HasOne(List<List<string>> lists, HashSet<string> has) => lists.Count == 0 || lists.Exists(list => list.TrueForAll(has.Contains));

    private static List<List<string>> Both(List<List<string>> left, List<List<string>> right) => left.Count == 0 ? right : right.Count == 0 ? left
        : [.. left.SelectMany(one => right.Select(two => one.Union(two).Order(StringComparer.Ordinal).ToList())).DistinctBy(list => string.Join(' ', list))];

    private static string Text(string open, List<List<string>> lists) =>
        lists.Count == 0 ? "" : $"{open}[{string.Join(", ", lists.Select(list => $"[{string.Join(", ", list.Select(name => $"\"{name}\""))}]"))}])";
}

/// <summary>Who asks.</summary>
internal sealed record Caller(bool IsAuthenticated, HashSet<string> Scopes, HashSet<string> Policies)
{
    /// <inheritdoc/>
    public override string ToString() => $"{(IsAuthenticated ? "known" : "anonymous")} scopes [{string.Join(' ', Scopes)}] policies [{string.Join(' ', Policies)}]";
}
