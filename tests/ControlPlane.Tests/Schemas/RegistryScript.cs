using GraphGateway.Composition;

namespace GraphGateway.ControlPlane.Tests.Schemas;

/// <summary>A registry, and what is done with it as lines of text. Each change comes a minute after the one before, by ann, with a tag of its own.</summary>
internal sealed class RegistryScript : IAsyncDisposable
{
    private const string Composite = """{"dialect":"composite"}""";

    private int minutes;

    private RegistryScript(SchemaRegistry registry)
    {
        Registry = registry;
    }

    public SchemaRegistry Registry { get; }

    public DateTimeOffset Now => new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(minutes);

    public static SourcePublication Users => UsersWith("");

    /// <summary>Needs users, who alone can say their names.</summary>
    public static SourcePublication Orders => new("orders", """
        type Query { orders: [Order!] userRef(id: ID!): User @lookup @internal }
        type Order { id: ID! buyer: User }
        type User @key(fields: "id") { id: ID! greeting(name: String @require(field: "name")): String }
        """)
    {
        Settings = Composite,
    };

    public static async Task<RegistryScript> OpenAsync(string place, RegistryLimits? limits = null, SupergraphKey? signer = null)
    {
        var registry = SchemaRegistry.At(place, limits: limits, signer: signer);
        await registry.PrepareAsync(default);
        return new RegistryScript(registry);
    }

    public static SourcePublication UsersWith(string fields) => new(
        "users", $"type Query {{ userById(id: ID!): User @lookup }}\ntype User @key(fields: \"id\") {{ id: ID! name: String {fields} }}\n")
    {
        Settings = Composite,
        Url = "http://127.0.0.1:1/",
        SchemaName = "users.graphqls",
    };

    /// <summary>A source that needs no other; its field is named like it where nothing else is said.</summary>
    public static SourcePublication Root(string source, string? field = null) => new(source, $"type Query {{ {field ?? source}: Int }}");

    public Task<string> PublishAsync(string graph, string stage, params SourcePublication[] publications) => PublishAsync(graph, stage, false, publications);

    public Task<string> PublishAsync(string graph, string stage, bool waits, params SourcePublication[] publications) =>
        ShowAsync(note => Registry.PublishAsync(graph, stage, publications, note with { WaitForApproval = waits }, Now, default));

    public Task<string> DeleteAsync(string graph, string stage, string source) => ShowAsync(note => Registry.DeleteAsync(graph, stage, source, note, Now, default));

    public Task<string> PromoteAsync(string graph, string from, string to, params (string Source, string Url)[] urls) => PromoteAsync(graph, from, to, false, urls);

    public Task<string> PromoteAsync(string graph, string from, string to, bool waits, params (string Source, string Url)[] urls) => ShowAsync(note =>
        Registry.PromoteAsync(graph, from, to, urls.ToDictionary(url => url.Source, url => url.Url), note with { WaitForApproval = waits }, Now, default));

    public Task<string> RollbackAsync(string graph, string stage, int? to = null) => ShowAsync(note => Registry.RollbackAsync(graph, stage, to, note, Now, default));

    public Task<string> ApproveAsync(string graph, string stage, int launch, bool overNewer = false) =>
        ShowAsync(note => Registry.ApproveAsync(graph, stage, launch, overNewer, note, Now, default));

    /// <summary>By eve.</summary>
    public async Task<string> RejectAsync(string graph, string stage, int launch, string? reason = null)
    {
        var (answer, problem) = await Registry.RejectAsync(graph, stage, launch, new LaunchRejection("eve", Now, reason), default);
        return answer is null ? $"refused: {problem}" : $"{string.Join(' ', answer.Rejected.Select(rejected => $"#{rejected.Number}"))} rejected";
    }

    public static string Show(Launch launch) =>
        $"#{launch.Number} {launch.Status} {Word(launch.Kind)} {launch.Subject}{(launch.Base is { } before ? $", base {before}" : "")}"
        + (launch is { Kind: LaunchKind.Approve, Target: { } target } ? $", target {target}" : "");

    public ValueTask DisposeAsync() => Registry.DisposeAsync();

    private async Task<string> ShowAsync(Func<LaunchNote, Task<LaunchResult>> change)
    {
        minutes++;
        var result = await change(new LaunchNote("ann", $"t{minutes}"));
        if (result.Outcome != LaunchOutcome.Launched)
        {
            minutes--;
        }

        var codes = result.Problems.Where(problem => problem.Severity == ProblemSeverity.Error).Select(problem => problem.Code.ToWire()).Distinct().ToList();
        return result.Outcome switch
        {
            LaunchOutcome.Refused => $"refused: {result.Refusal}",
            LaunchOutcome.Unchanged => $"unchanged, #{result.Launch!.Number}",
            _ => $"#{result.Launch!.Number} {Word(result.Launch.Status)}: {Word(result.Launch.Kind)} {result.Launch.Subject}{(codes.Count == 0 ? "" : $" [{string.Join(", ", codes)}]")}",
        };
    }

    private static string Word(Enum value) => value.ToString().ToLowerInvariant();
}
