using System.Collections.Immutable;
using System.Text.Json;
using GraphGateway.ControlPlane;

namespace GraphGateway.Gateway;

/// <summary>
/// The settings that belong to ASP.NET Core: the addresses and the log. It would throw on a mistake in them, in words that do not name the
/// setting.
/// </summary>
internal static class HostSettings
{
    /// <summary>What is wrong with them, each with what to do.</summary>
    /// <param name="configuration">The whole configuration.</param>
    public static ImmutableArray<SettingProblem> Check(IConfiguration configuration) =>
        [.. CheckUrls(configuration), .. CheckLogLevels(configuration.GetSection("Logging"))];

    /// <summary>Why the files of settings cannot be read: the file and, where it is no JSON, the place in it.</summary>
    /// <param name="exception">What reading the configuration has thrown.</param>
    public static string Describe(Exception exception)
    {
        if (exception is not InvalidDataException { InnerException: { } cause })
        {
            return exception.Message;
        }

        // The message alone has the path, between quotes.
        var file = exception.Message.Split('\'') is [_, .. var path, _] ? string.Join('\'', path) : exception.Message;
        const string advice = "Mend the file, or delete it: every setting can also be given on the command line.";
        return cause.GetBaseException() is JsonException json
            ? $"{file}:{json.LineNumber + 1}:{json.BytePositionInLine + 1}: The file is not valid JSON: {FirstSentence(json.Message)} {advice}"
            : $"{file}: {cause.Message} {advice}";
    }

    private static IEnumerable<SettingProblem> CheckUrls(IConfiguration configuration)
    {
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint.GetSection("Url"));
        foreach (var setting in endpoints.Prepend(configuration.GetSection("urls")))
        {
            foreach (var url in (setting.Value ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                if (!IsAddress(url))
                {
                    yield return new SettingProblem(setting.Path, $"'{url}' is no address to listen at. Give one such as --urls http://127.0.0.1:5000");
                }
            }
        }
    }

    private static bool IsAddress(string url)
    {
        try
        {
            return BindingAddress.Parse(url) is { Scheme: "http" or "https", PathBase.Length: 0, Port: >= 0 and <= 65535 };
        }
        catch (FormatException)
        {
            return false;
        }
    }

    // Logging:LogLevel, and Logging:PROVIDER:LogLevel.
    private static IEnumerable<SettingProblem> CheckLogLevels(IConfigurationSection logging)
    {
        foreach (var setting in logging.GetChildren().Select(provider => provider.GetSection("LogLevel")).Prepend(logging.GetSection("LogLevel"))
            .SelectMany(levels => levels.GetChildren()))
        {
            if (!string.IsNullOrEmpty(setting.Value) && !Enum.TryParse<LogLevel>(setting.Value, ignoreCase: true, out _))
            {
                yield return new SettingProblem(setting.Path, $"'{setting.Value}' is not one of {string.Join(", ", Enum.GetNames<LogLevel>())}.");
            }
        }
    }

    // The rest counts lines from 0.
    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }
}
