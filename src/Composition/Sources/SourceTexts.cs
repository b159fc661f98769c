using GraphGateway.Language;

namespace GraphGateway.Composition;

/// <summary>The texts of one source, where they are at hand: what <see cref="SourceFolder"/> reads from a folder, such as a registry has it.</summary>
/// <param name="Name">The source's name.</param>
/// <param name="Schema">Its schema; the text's name is what messages show.</param>
/// <param name="Settings">Its settings, as <c>schema-settings.json</c> has them; null where there are none.</param>
/// <param name="Url">Where it answers, an absolute http or https URL; null where only its settings tell.</param>
public sealed record SourceTexts(string Name, SourceText Schema, SourceText? Settings, Uri? Url)
{
    /// <summary>Reads sources; what is wrong with their settings is told.</summary>
    /// <param name="sources">The sources.</param>
    /// <param name="environment">Which of the settings' <c>environments</c> fills in <c>{{VARIABLES}}</c>.</param>
    public static SourceFolderResult Read(IEnumerable<SourceTexts> sources, string environment)
    {
        ArgumentNullException.ThrowIfNull(sources);
        var problems = new ProblemSink();
        return new SourceFolderResult([.. sources.Select(source => source.Read(environment, problems))], problems.Problems, IsWhole: true) { MoreProblems = problems.More };
    }

    private SourceInput Read(string environment, ProblemSink problems)
    {
        if (Settings is null)
        {
            if (Url is null)
            {
                SettingsFileReader.MissingUrl(Name, problems, new Place(Name, Schema, 0));
            }

            return new SourceInput { Name = Name, Documents = [Schema], Settings = new SourceSettings { Url = Url } };
        }

        var read = SettingsFileReader.Read(Settings, Name, environment, problems, Url);
        if (read.Name != Name)
        {
            problems.Error(
                ProblemCode.SettingsInvalid,
                $"The settings name the source \"{read.Name}\", and it is published as \"{Name}\".",
                "Give both the same name, or leave \"name\" out of the settings.",
                read.NamePlace!.Value);
        }

        return new SourceInput { Name = Name, NamePlace = read.NamePlace, Documents = [Schema], Settings = read.Settings };
    }
}
