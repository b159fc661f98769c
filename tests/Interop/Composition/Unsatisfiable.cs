using System.Collections.Immutable;
using System.Text.RegularExpressions;
using GraphGateway.Composition;
using GraphGateway.Language;
using GraphGateway.Operations;
using GraphGateway.Planning;
using GraphGateway.Validation;

namespace GraphGateway.Interop.Composition;

/// <summary>A query that cannot be answered, as the reference tells of it.</summary>
/// <param name="Query">The query.</param>
/// <param name="Reasons">Why each source cannot help, a line each.</param>
internal sealed partial record Unsatisfiable(string Query, string Reasons)
{
    /// <summary>Those in the reference's messages.</summary>
    internal static ImmutableArray<Unsatisfiable> Of(string messages) =>
        [.. Told().Matches(messages).Select(match => new Unsatisfiable(Ellipsis().Replace(match.Groups[1].Value, "{ __typename }"), match.Groups[2].Value))];

    /// <summary>The coordinate of the field that is missing, without its type; the fields on the way to it, and how many there are.</summary>
    internal static ImmutableArray<string> PathOf(string query)
    {
        var path = ImmutableArray.CreateBuilder<string>();
        var selections = ((OperationDefinitionNode)Parser.ParseDocument(new SourceText(query)).Value!.Definitions[0]).SelectionSet;
        while (selections is not null && selections.Selections[0] is var first)
        {
            if (first is FieldNode { Name.Value: not "__typename" } field)
            {
                path.Add(field.Name.Value);
                selections = field.SelectionSet;
            }
            else
            {
                selections = (first as InlineFragmentNode)?.SelectionSet;
            }
        }

        return path.ToImmutable();
    }

    /// <summary>
    /// True when what is required can be had from where the query stands, which the reference does not look for
    /// (docs/composition-differences.md).
    /// </summary>
    internal bool CanBeHadHere(CompositionSet set) => Reasons.Contains("cannot satisfy @require conditions", StringComparison.Ordinal) && IsAnswered(set);

    /// <summary>True when our planner answers all of the query on the set, and the verifier finds the plan right; others may be refused.</summary>
    internal bool IsAnswered(CompositionSet set)
    {
        var supergraph = Composer.Compose(set.Inputs(), new ComposerOptions { CheckSatisfiability = false }).Supergraph!;
        var document = Validator.Validate(supergraph.PublicSchema, Parser.ParseDocument(new SourceText(Query)).Value!).Document!;
        var plan = QueryPlanner.Plan(supergraph, Normalizer.Normalize(document.Operations.Single(), ConditionValues.None).Operation!);
        return plan.Unservable.IsEmpty && plan.OnlyTogether.IsEmpty && PlanVerifier.Verify(plan).IsEmpty;
    }

    [GeneratedRegex(@"SATISFIABILITY_ERROR: The following supergraph API query:\n(.*?)\ncannot be satisfied by the subgraphs because:\n(.*?)(?=\n[A-Z_]+: |\z)", RegexOptions.Singleline)]
    private static partial Regex Told();

    [GeneratedRegex(@"\{\s*\.\.\.\s*\}")]
    private static partial Regex Ellipsis();
}
