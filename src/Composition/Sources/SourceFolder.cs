using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.Composition;

/// <summary>What was read of a folder of source schemas.</summary>
/// <param name="Sources">The sources, by name of their folder. A setting that is wrong, which is a problem, has its default here.</param>
/// <param name="Problems">What could not be read, and warnings.</param>
/// <param name="IsWhole">True when every source is among them: no schema was unreadable.</param>
public sealed record SourceFolderResult(ImmutableArray<SourceInput> Sources, ImmutableArray<CompositionProblem> Problems, bool IsWhole)
{
    /// <summary>How many more problems there are than are told.</summary>
    public int MoreProblems { get; init; }

    /// <summary>
    /// Composes what was read. Where something could not be read, there is no supergraph: the result is what is wrong with that, and with
    /// each schema on its own.
    /// </summary>
    public CompositionResult Compose(ComposerOptions? options = null)
    {
        var isRead = Problems.All(problem => problem.Severity != ProblemSeverity.Error);
        var result = isRead ? Composer.Compose(Sources, options) : Composer.CheckEach(Sources, IsWhole);
        return result with { Problems = [.. Problems, .. result.Problems], MoreProblems = MoreProblems + result.MoreProblems };
    }
}

/// <summary>
/// Reads teams' folders as HotChocolate exports them: <c>NAME/schema.graphqls</c>, further <c>*.graphqls</c> files with extensions, and
/// <c>NAME/schema-settings.json</c>; or <c>NAME.graphqls</c> with <c>NAME-settings.json</c> beside it, as <c>schema export --output
/// NAME.graphqls</c> writes them. Messages name files relative to the working directory, as far as that is shorter.
/// </summary>
public static class SourceFolder
{
    /// <summary>The file that holds a source's schema.</summary>
    public const string SchemaFile = "schema.graphqls";

    /// <summary>The file that holds a source's settings.</summary>
    public const string SettingsFile = "schema-settings.json";

    private const string SchemaEnding = ".graphqls";

    /// <summary>Reads every folder below <paramref name="folder"/> that holds a schema, and every schema in it that has settings beside it.</summary>
    /// <param name="folder">The folder of folders.</param>
    /// <param name="environment">Which of the settings' <c>environments</c> fills in <c>{{VARIABLES}}</c>; null: the only one.</param>
    public static SourceFolderResult Read(string folder, string? environment = null)
    {
        var problems = new ProblemSink();
        if (!Directory.Exists(folder))
        {
            problems.Error(
                ProblemCode.SourceNotReadable,
                File.Exists(folder) ? $"{folder} is a file, not a folder." : $"The folder {folder} does not exist.",
                $"Give a folder that holds one folder for each source schema, with {SchemaFile} and {SettingsFile} in it.");
            return new SourceFolderResult([], problems.Problems, IsWhole: false);
        }

        var sources = ImmutableArray.CreateBuilder<SourceInput>();
        var isWhole = true;
        try
        {
            foreach (var sub in Directory.GetDirectories(folder).Order(StringComparer.Ordinal))
            {
                if (ReadSource(sub, environment, problems) is { } source)
                {
                    sources.Add(source);
                }
                else
                {
                    isWhole &= !IsSource(sub);
                }
            }

            foreach (var schema in Directory.GetFiles(folder, "*" + SchemaEnding).Where(IsSourceByItself).Order(StringComparer.Ordinal))
            {
                var source = ReadSource(Path.GetFileNameWithoutExtension(schema), [schema], SettingsBeside(schema), environment, problems);
                isWhole &= source is not null;
                if (source is not null)
                {
                    sources.Add(source);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Error(ProblemCode.SourceNotReadable, $"{folder} cannot be read: {exception.Message}", "Make it readable and try again.");
            isWhole = false;
        }

        if (sources.Count == 0 && !problems.HasErrors)
        {
            problems.Error(
                ProblemCode.SourceNotReadable,
                $"The folder {folder} holds no source schema.",
                $"Make a folder for each source schema in it, with {SchemaFile} and {SettingsFile}; or put NAME.graphqls and NAME-settings.json there.");
        }

        return new SourceFolderResult(sources.DrainToImmutable(), problems.Problems, isWhole) { MoreProblems = problems.More };
    }

    /// <summary>The file that has the settings of a source; it need not be there.</summary>
    /// <param name="schemaPath">The file that has its schema.</param>
    public static string SettingsOf(string schemaPath) => Path.GetFileName(schemaPath) == SchemaFile
        ? Path.Combine(Path.GetDirectoryName(schemaPath)!, SettingsFile)
        : SettingsBeside(schemaPath);

    /// <summary>True for a path that is read with a schema: the file itself, its settings, and in the folder of <see cref="SchemaFile"/> what extends it.</summary>
    /// <param name="schemaPath">A file of a source, as a whole path.</param>
    /// <param name="path">The whole path that is asked about; nothing need be there.</param>
    public static bool IsPartOf(string schemaPath, string path)
    {
        if (path == schemaPath || path == SettingsBeside(schemaPath))
        {
            return true;
        }

        return Path.GetFileName(schemaPath) == SchemaFile
            && Path.GetDirectoryName(schemaPath) == Path.GetDirectoryName(path)
            && (Path.GetFileName(path) == SettingsFile || Path.GetExtension(path) == SchemaEnding);
    }

    private static SourceInput? ReadSource(string folder, string? environment, ProblemSink problems)
    {
        var schemaPath = Path.Combine(folder, SchemaFile);
        var settingsPath = Path.Combine(folder, SettingsFile);
        var others = Directory.GetFiles(folder, "*.graphqls").Where(path => path != schemaPath).Order(StringComparer.Ordinal).ToArray();
        if (!File.Exists(schemaPath))
        {
            if (IsSource(folder))
            {
                problems.Error(
                    ProblemCode.SourceNotReadable,
                    $"The folder {folder} has no {SchemaFile}.",
                    $"Export the service's schema to {schemaPath}, or remove the folder.");
            }

            return null;
        }

        var folderName = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        return ReadSource(folderName, [schemaPath, .. others], settingsPath, environment, problems);
    }

    private static SourceInput? ReadSource(string name, string[] schemaPaths, string settingsPath, string? environment, ProblemSink problems)
    {
        var documents = schemaPaths.Select(path => ReadText(path, problems)).ToArray();
        var settingsText = File.Exists(settingsPath) ? ReadText(settingsPath, problems) : null;
        if (!File.Exists(settingsPath) && documents[0] is { } schema)
        {
            SettingsFileReader.MissingUrl(name, problems, new Place(name, schema, 0));
        }

        var settings = settingsText is null
            ? new SettingsFileResult(name, null, new SourceSettings())
            : SettingsFileReader.Read(settingsText, name, environment, problems);
        return documents.Any(document => document is null)
            ? null
            : new SourceInput { Name = settings.Name, NamePlace = settings.NamePlace, Documents = [.. documents!], Settings = settings.Settings };
    }

    private static string SettingsBeside(string schemaPath) => Path.ChangeExtension(schemaPath, null) + "-settings.json";

    private static bool IsSourceByItself(string schemaPath) => Path.GetFileName(schemaPath) != SchemaFile && File.Exists(SettingsBeside(schemaPath));

    private static bool IsSource(string folder) =>
        File.Exists(Path.Combine(folder, SettingsFile)) || Directory.EnumerateFiles(folder, "*.graphqls").Any();

    private static SourceText? ReadText(string path, ProblemSink problems)
    {
        var (bytes, reason) = SourceFile.Read(path);
        if (bytes is null)
        {
            problems.Error(ProblemCode.SourceNotReadable, $"{path} cannot be read: {reason}", "Make the file readable and try again.");
        }

        return bytes is null ? null : new SourceText(bytes.Value, path);
    }
}
