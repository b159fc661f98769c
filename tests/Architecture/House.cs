using System.Collections.Immutable;
using System.Xml.Linq;
using GraphGateway.TestKit;

namespace GraphGateway.Architecture;

/// <summary>One project under <c>src</c>, as its files and its build output show it.</summary>
/// <param name="Name">Its folder below <c>src</c>, for example <c>Subgraphs/Users</c>.</param>
/// <param name="ProjectFile">The absolute path of its csproj.</param>
/// <param name="AssemblyName">The name of what it builds.</param>
internal sealed record SourceProject(string Name, string ProjectFile, string AssemblyName)
{
    public string Folder => Path.GetDirectoryName(ProjectFile)!;

    public string AssemblyFile => Repository.Output($"src/{Name}", AssemblyName + ".dll");

    public override string ToString() => Name;
}

/// <summary>The layout of the house: its projects, and which of them may know which.</summary>
internal static class House
{
    /// <summary>
    /// The arrows: project -> the projects that it may reference itself. What those reference it may know too.
    /// A new arrow is a decision: it is written here and in ARCHITECTURE.md.
    /// </summary>
    public static ImmutableDictionary<string, ImmutableArray<string>> Arrows { get; } = new Dictionary<string, ImmutableArray<string>>
    {
        ["Language"] = [],
        ["TypeSystem"] = ["Language"],
        ["Validation"] = ["TypeSystem"],
        ["Operations"] = ["Validation"],
        ["Planning"] = ["Operations"],
        ["Execution"] = ["Planning"],
        ["Composition"] = ["TypeSystem", "Language"],
        ["Http"] = ["Operations"],
        ["ControlPlane"] = ["Composition", "Planning"],
        ["Gateway"] = ["Execution", "Http", "ControlPlane"],
        ["Cli"] = ["Composition", "Planning", "ControlPlane"],
        ["Subgraphs/Server"] = ["Operations", "Http"],
        ["Subgraphs/Users"] = ["Subgraphs/Server"],
        ["Subgraphs/Orders"] = ["Subgraphs/Server"],
        ["Subgraphs/Payments"] = ["Subgraphs/Server"],
        ["Demo"] = [],
    }.ToImmutableDictionary();

    /// <summary>The projects that may know ASP.NET Core.</summary>
    public static ImmutableHashSet<string> KnowAspNetCore { get; } =
    [
        "Http", "Gateway", "ControlPlane", "Demo",
        "Subgraphs/Server", "Subgraphs/Users", "Subgraphs/Orders", "Subgraphs/Payments",
    ];

    /// <summary>The projects that may call others over HTTP; Http for the keys of issuers, which gateway and services need, ControlPlane for a registry elsewhere, which gateway and commands need.</summary>
    public static ImmutableHashSet<string> KnowHttpClient { get; } = ["Gateway", "Cli", "Demo", "Http", "ControlPlane"];

    /// <summary>The projects that compute only: no files, no network, no clock.</summary>
    public static ImmutableHashSet<string> ArePure { get; } =
        ["Language", "TypeSystem", "Validation", "Operations", "Planning"];

    public static ImmutableArray<SourceProject> Projects { get; } =
    [
        .. Directory.EnumerateFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(Read),
    ];

    /// <summary>The projects that a project references by its csproj for their code.</summary>
    public static ImmutableArray<string> References(SourceProject project) =>
    [
        .. XDocument.Load(project.ProjectFile).Descendants("ProjectReference")
            .Where(reference => (string?)reference.Attribute("ReferenceOutputAssembly") != "false")
            .Select(reference => Path.GetFullPath((string)reference.Attribute("Include")!, project.Folder))
            .Select(file => Projects.Single(other => other.ProjectFile == file).Name),
    ];

    /// <summary>A project's allowed references, with what those may know.</summary>
    public static ImmutableHashSet<string> Closure(string project)
    {
        var found = ImmutableHashSet.CreateBuilder<string>();
        var open = new Queue<string>(Arrows[project]);
        while (open.TryDequeue(out var next))
        {
            if (found.Add(next))
            {
                foreach (var further in Arrows[next])
                {
                    open.Enqueue(further);
                }
            }
        }

        return found.ToImmutable();
    }

    /// <summary>The C# files that people wrote below a folder of the repository; build output is left out.</summary>
    public static IEnumerable<string> CodeFiles(string folder) =>
        Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules"))
            .Order(StringComparer.Ordinal);

    private static SourceProject Read(string file)
    {
        var name = Path.GetRelativePath(Repository.PathOf("src"), Path.GetDirectoryName(file)!).Replace('\\', '/');
        var assembly = XDocument.Load(file).Descendants("AssemblyName").FirstOrDefault()?.Value ?? Path.GetFileNameWithoutExtension(file);
        return new SourceProject(name, file, assembly);
    }
}
