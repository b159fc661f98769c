using System.CommandLine;
using GraphGateway.Composition;

namespace GraphGateway.Cli;

/// <summary>The options by which <c>compose</c> and <c>check</c> make a variant of the public schema.</summary>
internal sealed class ContractArguments
{
    internal Option<string[]> Include { get; } = Tags("--include-tag", "Clients see only the fields with this @tag, or of a type with it; can be repeated.");

    internal Option<string[]> Exclude { get; } = Tags("--exclude-tag", "Clients see nothing with this @tag; can be repeated.");

    internal Option<bool> HideUnreachable { get; } = new("--hide-unreachable-types") { Description = "Clients see no type that no operation can reach." };

    /// <summary>The contract; null when none of the options is given.</summary>
    internal SchemaContract? Read(ParseResult parsed)
    {
        var contract = new SchemaContract
        {
            IncludeTags = [.. parsed.GetValue(Include) ?? []],
            ExcludeTags = [.. parsed.GetValue(Exclude) ?? []],
            HideUnreachableTypes = parsed.GetValue(HideUnreachable),
        };
        return contract.IncludeTags.IsEmpty && contract.ExcludeTags.IsEmpty && !contract.HideUnreachableTypes ? null : contract;
    }

    // What follows the option is its value, whatever it begins with: a forgotten one would take the next option away.
    private static Option<string[]> Tags(string name, string description)
    {
        var option = new Option<string[]>(name) { HelpName = "TAG", Description = description };
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.StartsWith("--", StringComparison.Ordinal)))
            {
                result.AddError($"{name} needs a tag, and {token.Value} follows it.");
            }
        });
        return option;
    }
}
