using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Architecture;

/// <summary>Who may know whom, read from what was built.</summary>
public sealed class ArrowTests
{
    [Fact]
    public void Every_project_has_its_place_in_the_house()
    {
        Assert.Empty(House.Projects.Select(project => project.Name).Except(House.Arrows.Keys));
        Assert.True(House.Projects.Length <= 16, $"At most 16 projects under src, but there are {House.Projects.Length}.");
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Repository.PathOf("GraphGateway.sln")).Replace('\\', '/');
        var missing = new[] { "src", "tests" }
            .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.csproj", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Where(file => !solution.Contains($"\"{file}\"", StringComparison.Ordinal));
        Assert.Empty(missing);
    }

    [Fact]
    public void Project_files_reference_along_the_arrows() =>
        Assert.Empty(House.Projects.SelectMany(project => House.References(project)
            .Where(reference => !House.Closure(project.Name).Contains(reference))
            .Select(reference => $"{project} -> {reference}")));

    [Fact]
    public void Assemblies_use_each_other_along_the_arrows()
    {
        var byAssembly = House.Projects.ToDictionary(project => project.AssemblyName, project => project.Name);
        Assert.Empty(House.Projects.SelectMany(project => Read(project, assembly => assembly.References())
            .Where(reference => byAssembly.TryGetValue(reference, out var name) && !House.Closure(project.Name).Contains(name))
            .Select(reference => $"{project} -> {reference}")));
    }

    [Fact]
    public void Only_the_outer_projects_know_ASP_NET_Core() =>
        Assert.Empty(House.Projects.Where(project => !House.KnowAspNetCore.Contains(project.Name))
            .SelectMany(project => Read(project, assembly => assembly.References())
                .Where(reference => reference.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal))
                .Select(reference => $"{project} -> {reference}")));

    [Fact]
    public void Only_the_outer_projects_call_over_HTTP() =>
        Assert.Empty(House.Projects.Where(project => !House.KnowHttpClient.Contains(project.Name))
            .SelectMany(project => Read(project, assembly => assembly.ForeignTypes())
                .Where(type => type is "System.Net.Http.HttpClient" or "System.Net.Http.HttpMessageInvoker" or "System.Net.Http.SocketsHttpHandler")
                .Select(type => $"{project} -> {type}")));

    [Fact]
    public void The_inner_projects_do_no_IO_and_know_no_clock() =>
        Assert.Empty(House.Projects.Where(project => House.ArePure.Contains(project.Name))
            .SelectMany(project => Read(project, assembly => assembly.ForeignTypes())
                .Where(type => type is "System.IO.File" or "System.IO.FileStream" or "System.IO.Directory" or "System.TimeProvider"
                        or "System.Diagnostics.Stopwatch" or "System.Console"
                    || type.StartsWith("System.Net.", StringComparison.Ordinal))
                .Select(type => $"{project} -> {type}")));

    private static T Read<T>(SourceProject project, Func<BuiltAssembly, T> read)
    {
        using var assembly = new BuiltAssembly(project.AssemblyFile);
        return read(assembly);
    }
}
