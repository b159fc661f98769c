using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using GraphGateway.ControlPlane;
using Microsoft.Extensions.Configuration;

namespace GraphGateway.Cli;

/// <summary>
/// The settings of the gateway that is to run operations, as it reads them itself: the file <c>appsettings.json</c>, and above it the variables of the environment
/// (<c>Gateway__Limits__Depth</c>).
/// </summary>
internal sealed class GatewaySettingsOption
{
    internal Option<string?> File { get; } = new("--gateway")
    {
        HelpName = "FILE",
        Description = "The gateway's settings (appsettings.json): operations are held against its Limits, Cost and Introspection. Variables such as Gateway__Limits__Depth count above it, and without it.",
    };

    /// <summary>The rules, or what is wrong with them.</summary>
    internal (OperationRules? Rules, ImmutableArray<string> Problems) Read(ParseResult parsed)
    {
        var file = parsed.GetValue(File);
        var builder = new ConfigurationBuilder();
        if (file is not null)
        {
            var (bytes, reason) = InputFile.ReadBytes(file);
            if (bytes is not { } text)
            {
                return (null, [$"{file} cannot be read: {reason} Give --gateway the settings of the gateway, its appsettings.json."]);
            }

            builder.AddJsonStream(new MemoryStream(text.ToArray()));
        }

        IConfigurationRoot configuration;
        try
        {
            configuration = builder.AddEnvironmentVariables().Build();
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return (null, [$"{file} is no file of settings: {exception.Message}"]);
        }

        var problems = new List<SettingProblem>();
        var rules = OperationRules.Read(configuration, problems);
        return problems.Count == 0 ? (rules, []) : (null, [.. problems.Select(static problem => problem.ToString())]);
    }
}
