using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.Composition;

/// <summary>What was read of a folder of source schemas.</summary>
/// <param name="Sources">The sources, by name of their folder.</param>
/// <param name="Problems">What could not be read, and warnings.</param>
public sealed record SourceFolderResult(ImmutableArray<SourceInput> Sources, ImmutableArray<CompositionProblem> Problems)
{
    /// <summary>Composes what was read; where something could not be read, its problems are the result.</summary>
    public CompositionResult Compose(ComposerOptions? options = null)
    {
        if (Problems.Any(problem => problem.Severity == ProblemSeverity.Error))
        {
            return new CompositionResult(null, Problems);
        }

        var result = Composer.Compose(Sources, options);
        return result with { Problems = [.. Problems, .. result.Problems] };
    }
}

/// <summary>
/// Reads teams' folders as HotChocolate exports them: <c>NAME/schema.graphqls</c>, further <c>*.graphqls</c> files with extensions, and
/// <c>NAME/schema-settings.json</c>. Messages name files relative to the working directory, as far as that is shorter.
/// </summary>
public static class SourceFolder
{
    /// <summary>The file that holds a source's schema.</summary>
    public const string SchemaFile = "schema.graphqls";

    /// <summary>The file that holds a source's settings.</summary>
    public const string SettingsFile = "schema-settings.json";

    /// <summary>Reads every folder below <paramref name="folder"/> that holds a schema.</summary>
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
            return new SourceFolderResult([], problems.Problems);
        }

        var sources = ImmutableArray.CreateBuilder<SourceInput>();
        try
        {
            foreach (var sub in Directory.GetDirectories(folder).Order(StringComparer.Ordinal))
            {
                if (ReadSource(sub, environment, problems) is { } source)
                {
                    sources.Add(source);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Error(ProblemCode.SourceNotReadable, $"{folder} cannot be read: {exception.Message}", "Make it readable and try again.");
        }

        if (sources.Count == 0 && !problems.HasErrors)
        {
            problems.Error(
                ProblemCode.SourceNotReadable,
                $"The folder {folder} holds no source schema.",
                $"Make a folder for each source schema in it, with {SchemaFile} and {SettingsFile}.");
        }

        return new SourceFolderResult(sources.DrainToImmutable(), problems.Problems);
    }

    private static SourceInput? ReadSource(string folder, string? environment, ProblemSink problems)
    {
        var schemaPath = Path.Combine(folder, SchemaFile);
        var settingsPath = Path.Combine(folder, SettingsFile);
        var others = Directory.GetFiles(folder, "*.graphqls").Where(path => path != schemaPath).Order(StringComparer.Ordinal).ToArray();
        if (!File.Exists(schemaPath))
        {
            if (File.Exists(settingsPath) || others.Length > 0)
            {
                problems.Error(
                    ProblemCode.SourceNotReadable,
                    $"The folder {folder} has no {SchemaFile}.",
                    $"Export the service's schema to {schemaPath}, or remove the folder.");
            }

            return null;
        }

        var documents = new[] { schemaPath }.Concat(others).Select(path => ReadText(path, problems)).ToArray();
        var settingsText = File.Exists(settingsPath) ? ReadText(settingsPath, problems) : null;
        if (documents.Any(document => document is null) || (settingsText is null && File.Exists(settingsPath)))
        {
            return null;
        }

        var folderName = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        if (settingsText is null)
        {
            SettingsFileReader.MissingUrl(folderName, problems, new Place(folderName, documents[0]!, 0));
        }

        var settings = settingsText is null
            ? new SettingsFileResult(folderName, new SourceSettings())
            : SettingsFileReader.Read(settingsText, folderName, environment, problems);
        return settings is null
            ? null
            : new SourceInput { Name = settings.Name, Documents = [.. documents!], Settings = settings.Settings };
    }

    private static SourceText? ReadText(string path, ProblemSink problems)
    {
        try
        {
            ReadOnlyMemory<byte> bytes = File.ReadAllBytes(path);
            return new SourceText(bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes, path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Error(ProblemCode.SourceNotReadable, $"{path} cannot be read: {exception.Message}", "Make the file readable and try again.");
            return null;
        }
    }
}
