using System.CommandLine;
using GraphGateway.ControlPlane;

namespace GraphGateway.Cli;

/// <summary><c>graphgateway sign FILE --key KEY</c>: signs a supergraph, so that a gateway with the public key runs nothing else.</summary>
internal static class SignCommand
{
    internal static Command Create()
    {
        var file = new Argument<string>("file") { HelpName = "FILE", Description = "The supergraph: it is signed where it is. One that is signed is signed anew." };
        var key = new Option<string>("--key") { HelpName = "KEY", Description = "The file of a private key: P-256, in PEM (openssl ecparam -name prime256v1 -genkey -noout -out signing.pem).", Required = true };
        var stage = new Option<string?>("--for")
        {
            HelpName = "GRAPH/STAGE", Description = "What it is for, such as shop/production. Without it, it is for gateways that read a file, and none that follows a registry takes it.",
        };
        var command = new Command("sign", "Signs a supergraph, so that gateways with the public key (Gateway:SupergraphKeys) run nothing else.") { file, key, stage };
        command.SetAction(parsed =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            int Fail(string message)
            {
                error.WriteLine(message);
                return 1;
            }

            var name = parsed.GetRequiredValue(file);
            var signedFor = parsed.GetValue(stage) ?? SupergraphSignature.AnyStage;
            if (parsed.GetValue(stage) is { } given && FindProblem(given) is { } wrong)
            {
                return Fail($"--for: {wrong}");
            }

            if (!SupergraphKey.TryRead(parsed.GetRequiredValue(key), isPrivate: true, out var signer, out var problem))
            {
                return Fail($"--key: {problem}");
            }

            string text;
            try
            {
                text = File.ReadAllText(name);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return Fail($"{name} cannot be read: {exception.Message}");
            }

            if (OutputFile.Write(name, SupergraphSignature.Sign(text, signedFor, signer)) is { } unwritten)
            {
                return Fail(unwritten.Message);
            }

            output.WriteLine($"{name} is signed with the key {signer.Id}{(signedFor == SupergraphSignature.AnyStage ? "" : $" for {signedFor}")}.");
            return 0;
        });
        return command;
    }

    private static string? FindProblem(string stage) => stage.Split('/') is [var graph, var name]
        ? RegistryLimits.FindProblem("graph", graph) ?? RegistryLimits.FindProblem("stage", name)
        : $"'{stage}' is no stage of a graph such as shop/production.";
}
