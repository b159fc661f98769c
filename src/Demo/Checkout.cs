namespace GraphGateway.Demo;

/// <summary>Where things lie in the repository that the demo was built in.</summary>
/// <param name="Root">The folder that holds <c>GraphGateway.sln</c>.</param>
internal sealed record Checkout(string Root)
{
    /// <summary>The services' schemas, with a folder for each.</summary>
    public string Schemas => Path.Combine(Root, "schemas");

    /// <summary>The built command line.</summary>
    public string CommandLine => BuiltFile("src/Cli", "graphgateway");

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
    public string FileOf(DemoProgram program) => BuiltFile(program.Project, program.Assembly);

    private string BuiltFile(string project, string assembly)
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(Root, project, "bin", framework.Parent!.Name, framework.Name, assembly + ".dll");
    }
}
