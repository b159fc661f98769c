using System.Collections.Immutable;

namespace GraphGateway.ControlPlane;

/// <summary>One thing that the API can do. The routes and the OpenAPI document are both made of these.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Method">The method.</param>
/// <param name="Path">The path; what varies stands in braces.</param>
/// <param name="Summary">What it does, in a sentence.</param>
/// <param name="Roles">A key needs one of these, for the graph and the stage of the path.</param>
internal sealed record ApiOperation(string Id, string Method, string Path, string Summary, ImmutableArray<RegistryRole> Roles)
{
    /// <summary>The parts of the query that it takes.</summary>
    public ImmutableArray<ApiParameter> Query { get; init; } = [];

    /// <summary>What its body is; null: it has none.</summary>
    public Type? Body { get; init; }

    /// <summary>What it answers; null: text.</summary>
    public Type? Answer { get; init; }

    /// <summary>What it means that it answers with nothing (204); null: it never does.</summary>
    public string? Nothing { get; init; }

    /// <summary>Whether it composes or compares, of which only a few are done at the same time.</summary>
    public bool IsHeavy { get; init; }

    /// <summary>Whether it only asks: what cannot be answered can be asked again.</summary>
    public bool IsQuestion { get; init; } = Method == "GET";

    /// <summary>Whether it reads texts or long lists, of which only some are made at the same time.</summary>
    public bool IsLarge { get; init; }

    /// <summary>Does it.</summary>
    public required Func<ApiCall, Task<ApiAnswer>> Run { get; init; }
}

/// <summary>A part of the query.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsNumber">Whether it is a whole number above zero; else it is a text.</param>
/// <param name="Summary">What it says.</param>
internal sealed record ApiParameter(string Name, bool IsNumber, string Summary);

/// <summary>What is answered: a value as JSON, a text in UTF-8, a problem, or nothing.</summary>
internal sealed record ApiAnswer(object? Value, byte[]? Text, ApiProblem? Problem)
{
    /// <summary>The room that its bytes have, when it is written; null before, and where it has none.</summary>
    public AnswerRoom.Place? Place { get; init; }

    /// <summary>What the bytes are.</summary>
    public string Type { get; init; } = "text/plain; charset=utf-8";

    public static ApiAnswer Nothing { get; } = new(null, null, null);

    public static ApiAnswer Of(object value) => new(value, null, null);

    public static ApiAnswer OfText(byte[] text) => new(null, text, null);

    public static implicit operator ApiAnswer(ApiProblem problem) => new(null, null, problem);
}

/// <summary>Who asks: the key, and what it may do.</summary>
/// <param name="KeyId">The part of the key that names it.</param>
/// <param name="Name">Whom it is for.</param>
/// <param name="Scopes">What it may do.</param>
internal sealed record ApiCaller(string KeyId, string Name, ImmutableArray<RegistryScope> Scopes)
{
    /// <summary>
    /// Whether it may make a stage that is not there: a scope names it, or it is an admin's. Who may publish to any stage makes none by a mistyped name, nor so many that
    /// others find no room.
    /// </summary>
    public bool MayMake(string graph, string stage) =>
        Scopes.Any(scope => scope.Role == RegistryRole.Admin || (scope.Role is RegistryRole.Publish or RegistryRole.Promote && scope.Graph == graph && scope.Stage == stage));

    public bool May(RegistryRole role, string? graph, string? stage, string? source) => Scopes.Any(scope => scope.Allows(role, graph, stage, source));
}
