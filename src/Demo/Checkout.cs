namespace GraphGateway.Demo;

/// <summary>Where things lie in the repository that the demo was built in.</summary>
/// <param name="Root">The folder that holds <c>GraphGateway.sln</c>.</param>
internal sealed record Checkout(string Root)
{
    public string Supergraph => Path.Combine(Root, "schemas", "supergraph.graphql");

    public string FirstQuery => Path.Combine(Root, "src", "Demo", "first-query.graphql");

    public string DefaultData => Path.Combine(Root, ".demo");

    /// <summary>The repository above the demo's own program file; null when that was copied elsewhere.</summary>
    public static Checkout? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "GraphGateway.sln")))
            {
                return new Checkout(folder.FullName);
            }
        }

        return null;
    }

    /// <summary>The built program, in the configuration that the demo itself was built in.</summary>
    public string FileOf(DemoProgram program)
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(Root, program.Project, "bin", framework.Parent!.Name, framework.Name, program.Assembly + ".dll");
    }
}
