using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Validation;

/// <summary>
/// The selection sets of a document by number, each once: the fields of its own (inline fragments spread out), for each field the block of
/// its sub-selections, and the blocks of the fragments that it spreads. What the two checks work on that compare blocks and not merged sets.
/// </summary>
internal sealed class FieldBlocks
{
    private readonly ValidationContext context;
    private readonly Dictionary<FragmentDefinitionNode, int> ofFragments = [];
    private readonly List<Block> blocks = [];
    private readonly Stack<(int Block, SelectionSetNode Set, CompositeType? Parent)> open = new();

    public FieldBlocks(ValidationContext context)
    {
        this.context = context;
        foreach (var fragment in context.Document.Definitions.OfType<FragmentDefinitionNode>())
        {
            ofFragments[fragment] = Add(fragment.SelectionSet, context.Schema.FindType(fragment.TypeCondition.Name.Value) as CompositeType);
        }

        foreach (var operation in context.Document.Definitions.OfType<OperationDefinitionNode>())
        {
            Add(operation.SelectionSet, context.Schema.RootType(operation.Operation));
        }

        while (open.TryPop(out var next))
        {
            Read(next.Block, next.Set, next.Parent);
        }
    }

    /// <summary>How many blocks there are; their numbers begin with 0.</summary>
    public int Count => blocks.Count;

    public Block this[int number] => blocks[number];

    private int Add(SelectionSetNode set, CompositeType? parent)
    {
        open.Push((blocks.Count, set, parent));
        blocks.Add(new Block([], []));
        return blocks.Count - 1;
    }

    private void Read(int number, SelectionSetNode set, CompositeType? parent)
    {
        var block = blocks[number];
        foreach (var selection in set.Selections)
        {
            switch (selection)
            {
                case FieldNode field:
                    var definition = parent is null ? null : context.Schema.FindField(parent, field.Name.Value);
                    var use = new FieldUse(field, parent, definition);
                    block.Fields.Add((use, field.SelectionSet is { } inner ? Add(inner, use.ChildParent) : Block.None));
                    break;
                case InlineFragmentNode inline:
                    var type = inline.TypeCondition is { } condition
                        ? context.Schema.FindType(condition.Name.Value) as CompositeType
                        : parent;
                    open.Push((number, inline.SelectionSet, type));
                    break;
                case FragmentSpreadNode spread when context.Fragments.Find(spread.Name.Value) is { } fragment:
                    block.Spreads.Add(ofFragments[fragment]);
                    break;
            }
        }
    }

    /// <summary>One selection set.</summary>
    /// <param name="Fields">The fields, with the block of their sub-selections or <see cref="None"/>.</param>
    /// <param name="Spreads">The blocks of the fragments that are spread in it.</param>
    public sealed record Block(List<(FieldUse Use, int Child)> Fields, List<int> Spreads)
    {
        /// <summary>The block of a field without sub-selections.</summary>
        public const int None = -1;
    }
}
