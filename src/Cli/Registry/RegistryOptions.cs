using System.Collections.Immutable;
using System.CommandLine;
using GraphGateway.Composition;
using GraphGateway.ControlPlane;

namespace GraphGateway.Cli;

/// <summary>
/// What the commands of the registry share: where it is, by an option or by the variable of the environment that tells it the gateway, and which stage of which
/// graph is meant.
/// </summary>
/// <param name="isReader">True for a command that changes nothing: it makes no file and no tables either, and needs no right to.</param>
internal sealed class RegistryOptions(bool isReader = false)
{
    internal const string StoreVariable = "Gateway__Registry__Store";
    internal const string KeyVariable = "GRAPHGATEWAY_REGISTRY_KEY";

    internal Option<string?> Store { get; } = new("--store")
    {
        HelpName = "PLACE",
        Description = $"The registry: a file (SQLite), or a connection string of PostgreSQL (Host=...); without it the variable {StoreVariable}.",
    };

    internal Option<string?> Registry { get; } = new("--registry") { HelpName = "URL", Description = "Instead of --store a registry elsewhere, over HTTP: http or https." };

    internal Option<string?> KeyFile { get; } = new("--key-file")
    {
        HelpName = "FILE",
        Description = $"The file with the key for --registry; without it the variable {KeyVariable} has the key.",
    };

    internal Option<string?> SignWith { get; } = new("--sign-with")
    {
        HelpName = "KEY",
        Description = "The file of a private key (P-256, PEM): what becomes live is signed with it. A registry over HTTP signs with its own.",
    };

    internal Option<bool> Json { get; } = new("--json") { Description = "Tell it as one JSON object, for machines." };

    internal Option<string> Graph { get; } = new("--graph") { HelpName = "NAME", Description = "The graph, such as shop.", Required = true };

    internal Option<string> Stage { get; } = new("--stage") { HelpName = "NAME", Description = "The stage, such as production.", Required = true };

    internal Option<string?> Author { get; } = new("--author") { HelpName = "NAME", Description = "Who makes the change; left out: who is logged in." };

    internal Option<string?> Tag { get; } = new("--tag") { HelpName = "TEXT", Description = "What the change belongs to, such as the commit." };

    internal Option<bool> WaitForApproval { get; } = new("--wait-for-approval") { Description = "Do not make it live: `graphgateway approve` does." };

    /// <summary>What is said of the change.</summary>
    internal LaunchNote NoteOf(ParseResult parsed) =>
        new(parsed.GetValue(Author) ?? (Environment.UserName is { Length: > 0 } name ? name : null), parsed.GetValue(Tag));

    /// <summary>Runs on the registry; what goes wrong with that is told.</summary>
    internal async Task<int> RunAsync(ParseResult parsed, Func<IRegistry, RegistryReport, Task<int>> run, CancellationToken cancellation)
    {
        var report = new RegistryReport(parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, parsed.GetValue(Json));
        if (parsed.GetValue(Registry) is not null && parsed.GetResult(Author) is { Implicit: false })
        {
            return report.Fail("--author and --registry together: the author is whom the key is for.");
        }

        var (code, problem) = await UseAsync(parsed, registry => run(registry, report), cancellation);
        return problem is null ? code : report.Fail(problem.Message);
    }

    /// <summary>Does something with the registry that the options name; or why that cannot be.</summary>
    internal async Task<(T? Result, RegistryProblem? Problem)> UseAsync<T>(ParseResult parsed, Func<IRegistry, Task<T>> use, CancellationToken cancellation)
    {
        if (parsed.GetValue(Registry) is { } url)
        {
            return parsed.GetValue(SignWith) is not null
                ? Wrong<T>("--sign-with and --registry together: a registry over HTTP signs with the key that it was started with.")
                : await UseRemoteAsync(parsed, url, use);
        }

        var place = parsed.GetValue(Store) ?? Environment.GetEnvironmentVariable(StoreVariable);
        var (signer, unread) = ReadSigner(parsed);
        if ((parsed.GetValue(KeyFile) is not null ? "--key-file needs --registry: a store takes no key." : unread) is { } wrong)
        {
            return Wrong<T>(wrong);
        }

        if (string.IsNullOrWhiteSpace(place))
        {
            return Wrong<T>($"Where is the registry? Give --store PLACE or --registry URL, or set {StoreVariable}.");
        }

        var (result, problem) = await StoreUse.RunAsync("The registry", () => SchemaRegistry.At(place, isReader, signer: signer), PrepareAsync, registry => use(registry));
        return (result, problem is null ? null : RegistryProblem.Of(problem));

        async Task<string?> PrepareAsync(SchemaRegistry registry)
        {
            if (isReader)
            {
                return await registry.FindReadProblemAsync(cancellation);
            }

            await registry.PrepareAsync(cancellation);
            return null;
        }
    }

    /// <summary>By what is signed; null where nothing is, or with a problem where it cannot be.</summary>
    internal (SupergraphKey? Key, string? Problem) ReadSigner(ParseResult parsed) =>
        parsed.GetValue(SignWith) is not { } file ? (null, null)
        : SupergraphKey.TryRead(file, isPrivate: true, out var key, out var problem) ? (key, null)
        : (null, $"--sign-with: {problem}");

    private async Task<(T? Result, RegistryProblem? Problem)> UseRemoteAsync<T>(ParseResult parsed, string url, Func<IRegistry, Task<T>> use)
    {
        if (parsed.GetValue(Store) is not null)
        {
            return Wrong<T>("--store and --registry together: the registry is in one place.");
        }

        if (RegistryAddress.ReadUrl(url) is not { } address)
        {
            return Wrong<T>("--registry: give an address such as https://registry.example: http or https, without a name, a password or a query.");
        }

        var (key, problem) = ReadKey(parsed.GetValue(KeyFile));
        if (key is null)
        {
            return Wrong<T>(problem!);
        }

        try
        {
            await using var registry = new RemoteRegistry(new RegistryAddress(address, key), TimeProvider.System);
            return (await use(registry), null);
        }
        catch (Exception exception) when (exception is RegistryRequestException or InvalidDataException)
        {
            return (default, RegistryProblem.Of(exception));
        }
    }

    private static (T? Result, RegistryProblem? Problem) Wrong<T>(string message) => (default, new RegistryProblem(message, null));

    private static (RegistryKey? Key, string? Problem) ReadKey(string? file)
    {
        if (file is not null)
        {
            var (key, problem) = RegistryKey.OfFile(file);
            return (key, key is null ? $"--key-file: {file} {problem}" : null);
        }

        return Environment.GetEnvironmentVariable(KeyVariable) is not { Length: > 0 } text ? (null, $"--registry needs a key: give --key-file FILE, or set {KeyVariable}.")
            : RegistryKey.Of(text) is { } found ? (found, null)
            : (null, $"{KeyVariable} is no key of a registry, which begins with ggk_. `graphgateway registry keys create` makes one.");
    }

    /// <summary>A source by options: its name and the files of its texts. Or a folder of sources.</summary>
    internal sealed class SourceOptions
    {
        internal Argument<string?> Folder { get; } = new("SOURCES")
        {
            Description = "Instead of --source and --schema a folder of sources as compose takes it: all of them are published at once.",
            Arity = ArgumentArity.ZeroOrOne,
        };

        internal Option<string?> Source { get; } = new("--source") { HelpName = "NAME", Description = "The source, such as orders." };

        internal Option<string?> Schema { get; } = new("--schema", "-s") { HelpName = "FILE", Description = "Its schema; - is standard input." };

        internal Option<string?> Settings { get; } = SettingsOption();

        internal Option<string?> Url { get; } = UrlOption();

        internal static Option<string?> SettingsOption() => new("--settings")
        {
            HelpName = "FILE",
            Description = "Its schema-settings.json. Of its environments the stage's is taken.",
        };

        internal static Option<string?> UrlOption() => new("--url")
        {
            HelpName = "URL",
            Description = "Where it answers in this stage; left out: as before, or as its settings say.",
        };

        /// <summary>The sources, or what is wrong.</summary>
        internal (ImmutableArray<SourcePublication> Publications, ImmutableArray<string> Problems) Read(ParseResult parsed, string stage)
        {
            var (source, schema) = (parsed.GetValue(Source), parsed.GetValue(Schema));
            if (parsed.GetValue(Folder) is { } folder)
            {
                return new[] { source, schema, parsed.GetValue(Settings), parsed.GetValue(Url) }.Any(value => value is not null)
                    ? ([], ["SOURCES and --source, --schema, --settings or --url together: give a folder, or one source."])
                    : ReadFolder(folder, stage);
            }

            if (source is null || schema is null)
            {
                return ([], ["Give --source and --schema, or a folder of sources."]);
            }

            var (publication, problems) = Read(source, schema, parsed.GetValue(Settings), parsed.GetValue(Url));
            return publication is null ? ([], problems) : ([publication], []);
        }

        internal static (SourcePublication? Publication, ImmutableArray<string> Problems) Read(string source, string schemaFile, string? settingsFile, string? url)
        {
            var (schema, reason) = InputFile.Read(schemaFile);
            var (settings, otherReason) = settingsFile is null ? (null, null) : InputFile.Read(settingsFile);
            ImmutableArray<string> problems =
            [
                .. schema is null ? new[] { $"{schemaFile} cannot be read: {reason}" } : [],
                .. otherReason is not null ? new[] { $"{settingsFile} cannot be read: {otherReason}" } : [],
            ];
            return problems.IsEmpty
                ? (new SourcePublication(source, schema!) { Settings = settings, Url = url, SchemaName = NameOf(schemaFile), SettingsName = settingsFile is null ? null : NameOf(settingsFile) }, [])
                : (null, problems);
        }

        // What is wrong with their settings is told by the registry, which reads them as well.
        private static (ImmutableArray<SourcePublication> Publications, ImmutableArray<string> Problems) ReadFolder(string folder, string stage)
        {
            var read = SourceFolder.Read(folder, stage);
            if (!read.IsWhole || read.Sources.IsEmpty)
            {
                return ([], [.. read.Problems.Select(problem => problem.ToString())]);
            }

            if (read.Sources.FirstOrDefault(source => source.Documents.Length > 1) is { } parted)
            {
                return ([], [$"{parted.Name} is written in {parted.Documents.Length} files, and the registry takes one: {string.Join(", ", parted.Documents.Select(text => text.Name))}."]);
            }

            var publications = ImmutableArray.CreateBuilder<SourcePublication>();
            var problems = ImmutableArray.CreateBuilder<string>();
            foreach (var source in read.Sources)
            {
                var (schema, settings) = (source.Documents[0].Name, SourceFolder.SettingsOf(source.Documents[0].Name));
                var (publication, wrong) = Read(source.Name, schema, File.Exists(settings) ? settings : null, url: null);
                problems.AddRange(wrong);
                if (publication is not null)
                {
                    publications.Add(publication);
                }
            }

            return (problems.Count == 0 ? publications.ToImmutable() : [], problems.ToImmutable());
        }

        private static string NameOf(string file) => file == "-" ? "standard input" : RegistryLimits.TextNameOf(file);
    }
}
