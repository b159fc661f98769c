using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem;

/// <summary>Looks up applied directives by name.</summary>
public static class Directives
{
    /// <summary>The first directive of the name (without the at sign); null when there is none.</summary>
    public static DirectiveNode? Find(ImmutableArray<DirectiveNode> directives, string name)
    {
        foreach (var directive in directives)
        {
            if (directive.Name.Value == name)
            {
                return directive;
            }
        }

        return null;
    }

    /// <summary>True when a directive of the name is applied.</summary>
    public static bool Has(ImmutableArray<DirectiveNode> directives, string name) => Find(directives, name) is not null;
}
