using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace GraphGateway.ControlPlane;

/// <summary>A page.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Body">What is below that.</param>
internal sealed record Page(string Title, Html Body)
{
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>The pages above it, from the first on: what they are called, and where they are.</summary>
    public ImmutableArray<(string Name, string Path)> Trail { get; init; } = [];

    /// <summary>What stands beside the heading, such as a status.</summary>
    public Html? Mark { get; init; }

    /// <summary>Why it was refused; null where it was not. Such a page has a line in the log.</summary>
    public ApiProblem? Refusal { get; init; }
}

/// <summary>The addresses of the pages.</summary>
internal static class PagePaths
{
    public const string Root = "/registry";
    public const string Style = Root + "/page.css";
    public const string SignIn = Root + "/sign-in";
    public const string SignOut = Root + "/sign-out";

    public static string Graph(string graph) => Of("graphs", graph);

    public static string Source(string graph, string source) => Of("graphs", graph, "sources", source);

    public static string Version(string graph, string source, int version) => $"{Source(graph, source)}/{version}";

    public static string Stage(string graph, string stage) => Of("graphs", graph, "stages", stage);

    public static string Launch(string graph, string stage, int launch) => $"{Stage(graph, stage)}/launches/{launch}";

    public static string LaunchSource(string graph, string stage, int launch, string source) => $"{Launch(graph, stage, launch)}/sources/{Uri.EscapeDataString(source)}";

    public static string Types(string graph, string stage) => $"{Stage(graph, stage)}/types";

    public static string Type(string graph, string stage, string type) => $"{Types(graph, stage)}/{Uri.EscapeDataString(type)}";

    public static string Usage(string graph, string stage) => $"{Stage(graph, stage)}/usage";

    /// <summary>A path with a query; what is null of that is left out.</summary>
    public static string With(string path, params (string Name, object? Value)[] query)
    {
        var parts = query.Where(part => part.Value is not null)
            .Select(part => $"{part.Name}={Uri.EscapeDataString(string.Create(CultureInfo.InvariantCulture, $"{part.Value}"))}").ToList();
        return parts.Count == 0 ? path : $"{path}?{string.Join('&', parts)}";
    }

    private static string Of(params string[] segments) => $"{Root}/{string.Join('/', segments.Select(Uri.EscapeDataString))}";
}
