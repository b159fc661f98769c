using GraphGateway.TypeSystem;

namespace GraphGateway.Operations.Tests.Cost;

/// <summary>A schema with costs, and what operations on it cost.</summary>
internal static class CostKit
{
    private const string Directives = """
        directive @cost(weight: String!) on SCALAR | OBJECT | FIELD_DEFINITION | ARGUMENT_DEFINITION | ENUM | INPUT_FIELD_DEFINITION
        directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true, slicingArgumentDefaultValue: Int) on FIELD_DEFINITION
        """;

    public static Schema Zoo { get; } = Requests.Schema(Directives + "\n" + """
        type Query {
          keepers(max: Int): [Keeper] @listSize(slicingArguments: ["max"], requireOneSlicingArgument: false)
          sliced(max: Int = 4): [Keeper] @listSize(slicingArguments: ["max"])
          defaulted(max: Int): [Keeper] @listSize(slicingArguments: ["max"], slicingArgumentDefaultValue: 6, assumedSize: 20, requireOneSlicingArgument: false)
          byPage(page: Page = { size: 7 }): [Keeper] @listSize(slicingArguments: ["page.size"])
          dishes(filter: DishFilter @cost(weight: "15.0")): [String] @cost(weight: "5.0") @listSize(assumedSize: 10)
          favourite(approx: Rough @cost(weight: "-3.0")): Dish @cost(weight: "5.0")
          cheap(approx: Rough @cost(weight: "-30.0")): Dish @cost(weight: "5.0")
          films(first: Int, after: ID, last: Int): ReelConnection @listSize(slicingArguments: ["first", "last"], sizedFields: ["edges"])
          paged(first: Int): ReelPage @listSize(slicingArguments: ["first"], sizedFields: ["inner { reels }"])
          tenths: [Tenth] @listSize(assumedSize: 10000)
          grid: [[Dish]]
          three: [[Dish]] @listSize(assumedSize: 3)
          pet: Animal
          pets: [Animal] @listSize(assumedSize: 4)
          odd: Odd
          strange: Int @cost(weight: "NaN")
          endless: Int @cost(weight: "Infinity")
          colour: Colour
        }
        type Keeper {
          name: String
          age: Int @cost(weight: "2.0")
          friends(first: Int): [Keeper] @listSize(slicingArguments: ["first"], assumedSize: 3, requireOneSlicingArgument: false)
        }
        type Dish { name: String }
        type Tenth { value: Int @cost(weight: "0.1") }
        enum Rough { YES }
        enum Colour @cost(weight: "2.5") { RED }
        scalar Odd @cost(weight: "-4")
        input Page { size: Int = 9 after: ID }
        input DishFilter { approx: Rough @cost(weight: "-12.0") name: String @cost(weight: "4") more: [DishFilter] times: Int = 1 @cost(weight: "0.5") }
        type ReelConnection { edges: [ReelEdge] count: Int @cost(weight: "9") }
        type ReelEdge { node: Reel }
        type Reel { title: String }
        type ReelPage { inner: ReelInner }
        type ReelInner { reels: [Reel] others: [Reel] }
        interface Animal { name(loud: Boolean): String kids(first: Int): [Animal] litter(first: Int): Litter mark(deep: Int @cost(weight: "1")): String @cost(weight: "5") }
        type Litter { kids: [Animal] }
        type Cat implements Animal @cost(weight: "3") {
          name(loud: Boolean): String @cost(weight: "2")
          mark(deep: Int): String
          kids(first: Int): [Animal] @listSize(slicingArguments: ["first"], requireOneSlicingArgument: false)
          litter(first: Int): Litter @cost(weight: "4") @listSize(slicingArguments: ["first"], sizedFields: ["kids"])
        }
        type Dog implements Animal {
          name(loud: Boolean): String @cost(weight: "7")
          mark(deep: Int @cost(weight: "3")): String @cost(weight: "6")
          kids(first: Int): [Animal] @listSize(assumedSize: 2)
          litter(first: Int): Litter @listSize(slicingArguments: ["first"], assumedSize: 9, sizedFields: ["kids"], requireOneSlicingArgument: false)
        }
        """);

    /// <summary>Such as <c>field 11, type 6</c>.</summary>
    public static string Of(string document, string? variables = null, CostReading reading = CostReading.TwoFigures)
    {
        var (cost, values) = Read(document, variables, reading);
        var figures = cost.Estimate(values);
        return reading == CostReading.OneFigure ? FormattableString.Invariant($"{figures.Sum}") : FormattableString.Invariant($"field {figures.FieldCost}, type {figures.TypeCost}");
    }

    public static (OperationCost Cost, VariableValues Values) Read(string document, string? variables, CostReading reading = CostReading.TwoFigures)
    {
        var operation = Requests.Operation(Zoo, document);
        var values = Requests.Variables(operation, variables);
        var normalized = Normalizer.Normalize(operation, OperationConditions.Of(operation).Read(values).Values!).Operation!;
        var index = new CostIndex(Zoo, reading, defaultListSize: 10);
        return (reading == CostReading.TwoFigures ? OperationCost.Of(normalized, index) : OperationCost.Of([CostedSelection.Of(normalized.SelectionSet)], index), values);
    }
}
