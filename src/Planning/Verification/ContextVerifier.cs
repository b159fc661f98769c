using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>Checks that an argument from a context gets the value of the nearest object above that sets it, whatever objects are there.</summary>
internal sealed class ContextVerifier(
    QueryPlan plan, FetchStep step, Fills fills, StepSet ended, SourceFacts facts, Meanings meanings)
{
    /// <summary>What is wrong with the argument, which gets an input; null when nothing is.</summary>
    public string? Check(FetchInput? input, ContextArgument argument)
    {
        if (input?.Value is not ContextTemplate template || input.Type.ToString() != argument.Type.ToString())
        {
            return $"the argument {argument.Name} does not come from the context {argument.Context}";
        }

        if (input.SkipsOnNull != (argument.Type is NonNullTypeNode))
        {
            return $"the argument {argument.Name} and what becomes of a null in it do not fit";
        }

        return CheckAlternatives(template, argument);
    }

    // From the targets upwards: at each place the alternatives are those of exactly the types that set the context, up to where all do.
    private string? CheckAlternatives(ContextTemplate template, ContextArgument argument)
    {
        var setting = facts.TypesSetting(argument.Context);
        var seen = 0;
        for (var depth = step.Path.Length - 1; depth >= 0; depth--)
        {
            var next = step.Path[depth];
            var there = fills.Arrived(next.Parent);
            there = next.IsHidden ? there : there.Intersect(next.AppliesTo);
            var expected = there.Intersect(setting);
            var own = template.Alternatives.Where(alternative => alternative.Depth == depth).ToList();
            if (own.Count != (expected.IsEmpty ? 0 : 1) || (own.Count == 1 && own[0] != template.Alternatives[seen++]))
            {
                return $"the context {argument.Context} is not taken from the nearest object that sets it";
            }

            if (own.Count == 1 && CheckAlternative(own[0], argument, there, expected) is { } problem)
            {
                return problem;
            }

            if (!there.IsEmpty && there.IsSubsetOf(setting))
            {
                return seen == template.Alternatives.Length ? null : $"the context {argument.Context} is taken from too far above";
            }
        }

        return $"an object without the context {argument.Context} can be above";
    }

    private string? CheckAlternative(ContextAlternative alternative, ContextArgument argument, TypeSet there, TypeSet expected)
    {
        if (alternative.AppliesTo.Intersect(there) != expected)
        {
            return $"the context {argument.Context} is taken from objects of wrong types";
        }

        if (expected != there && !fills.IsTypeKnown(step.Path[alternative.Depth].Parent, there, ended))
        {
            return $"which objects set the context {argument.Context}, nobody has told";
        }

        foreach (var type in expected.Ordinals())
        {
            if (meanings.Of(alternative.Value, type) != meanings.Of(argument.Selection, type, new Place(argument.Type.ToString(), null, "")))
            {
                return $"the argument {argument.Name} gets another value of {plan.Supergraph.FullSchema.ObjectTypes[type].Name} than the context selects";
            }
        }

        return null;
    }
}
