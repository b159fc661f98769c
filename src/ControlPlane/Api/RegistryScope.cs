using System.Collections.Immutable;

namespace GraphGateway.ControlPlane;

/// <summary>What a key of the registry may do.</summary>
public enum RegistryRole
{
    /// <summary>See what is there: stages, launches, versions, supergraphs; compare and check.</summary>
    Read,

    /// <summary>Publish, delete and check sources.</summary>
    Publish,

    /// <summary>Promote to a stage, approve in it, roll it back.</summary>
    Promote,

    /// <summary>Report what clients of a stage use: a gateway.</summary>
    Report,

    /// <summary>All of this everywhere, and make and revoke keys.</summary>
    Admin,
}

/// <summary>
/// One thing that a key may do, and where: <c>ROLE[:GRAPH[/STAGE[/SOURCE]]]</c>, such as <c>read</c>, <c>promote:shop/production</c> or
/// <c>publish:shop/*/orders</c>. What is left out, and <c>*</c>, is any. Only <c>publish</c> has sources; <c>admin</c> has no place.
/// </summary>
/// <param name="Role">What.</param>
/// <param name="Graph">In this graph; null: in any.</param>
/// <param name="Stage">In this stage; null: in any.</param>
/// <param name="Source">This source; null: any.</param>
public sealed record RegistryScope(RegistryRole Role, string? Graph = null, string? Stage = null, string? Source = null)
{
    private const string Any = "*";

    /// <summary>How a scope is written, for messages.</summary>
    public const string Form = "read, read:GRAPH/STAGE, publish:GRAPH/STAGE/SOURCE, promote:GRAPH/STAGE, report:GRAPH/STAGE or admin, with * for any graph, stage or source";

    /// <summary>Reads one; null where it is none.</summary>
    /// <param name="text">The text.</param>
    public static RegistryScope? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        RegistryRole? role = (colon < 0 ? text : text[..colon]) switch
        {
            "read" => RegistryRole.Read,
            "publish" => RegistryRole.Publish,
            "promote" => RegistryRole.Promote,
            "report" => RegistryRole.Report,
            "admin" => RegistryRole.Admin,
            _ => null,
        };
        string[] place = colon < 0 ? [] : text[(colon + 1)..].Split('/');
        var most = role switch { RegistryRole.Publish => 3, RegistryRole.Admin => 0, _ => 2 };
        return role is null || place.Length > most || !place.All(name => name == Any || RegistryLimits.FindProblem("graph", name) is null)
            ? null
            : new RegistryScope(role.Value, NameAt(place, 0), NameAt(place, 1), NameAt(place, 2));
    }

    /// <summary>Whether it allows something.</summary>
    /// <param name="role">What.</param>
    /// <param name="graph">Where; null: in some graph, whichever.</param>
    /// <param name="stage">In which stage; null: in all of the graph's.</param>
    /// <param name="source">Which source; null: some source, whichever.</param>
    public bool Allows(RegistryRole role, string? graph, string? stage, string? source) =>
        Role == RegistryRole.Admin
        || (Role == role
            && (graph is null || Graph is null || Graph == graph)
            && (graph is null || Stage is null || Stage == stage)
            && (source is null || Source is null || Source == source));

    /// <summary>As it is written.</summary>
    public override string ToString()
    {
        var role = Role.ToString().ToLowerInvariant();
        ImmutableArray<string> place = [Graph ?? Any, Stage ?? Any, Source ?? Any];
        var length = Source is not null ? 3 : Stage is not null ? 2 : Graph is not null ? 1 : 0;
        return length == 0 ? role : $"{role}:{string.Join('/', place.Take(length))}";
    }

    private static string? NameAt(string[] place, int at) => at < place.Length && place[at] != Any ? place[at] : null;
}
