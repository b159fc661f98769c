using GraphGateway.Language;
using GraphGateway.TypeSystem;
using Xunit;

namespace GraphGateway.Validation.Tests;

/// <summary>
/// The two helpers of the rules' tests. All rules run, so that a test shows all that a client would read; the expected errors are those
/// of graphql-js 16.13.1, one a line: <c>line:column</c> for each location, then the message.
/// </summary>
internal static class Expect
{
    public static Schema Schema { get; } = Build(
        """
        interface Mammal { mother: Mammal father: Mammal }
        interface Pet { name(surname: Boolean): String }
        interface Canine implements Mammal { name(surname: Boolean): String mother: Canine father: Canine }
        enum DogCommand { SIT HEEL DOWN }
        type Dog implements Pet & Mammal & Canine {
          name(surname: Boolean): String
          nickname: String
          barkVolume: Int
          barks: Boolean
          doesKnowCommand(dogCommand: DogCommand): Boolean
          isHouseTrained(atOtherHomes: Boolean = true): Boolean
          isAtLocation(x: Int, y: Int): Boolean
          mother: Dog
          father: Dog
        }
        type Cat implements Pet { name(surname: Boolean): String nickname: String meows: Boolean meowsVolume: Int furColor: FurColor }
        union CatOrDog = Cat | Dog
        type Human { name(surname: Boolean): String pets: [Pet] relatives: [Human]! iq: Int }
        type Alien { name(surname: Boolean): String iq: Int numEyes: Int }
        union DogOrHuman = Dog | Human
        union HumanOrAlien = Human | Alien
        enum FurColor { BROWN BLACK TAN SPOTTED NO_FUR UNKNOWN }
        input ComplexInput { requiredField: Boolean! nonNullField: Boolean! = false intField: Int stringField: String booleanField: Boolean stringListField: [String] }
        input OneOfInput @oneOf { stringField: String intField: Int }
        scalar Any
        type ComplicatedArgs {
          intArgField(intArg: Int): String
          nonNullIntArgField(nonNullIntArg: Int!): String
          stringArgField(stringArg: String): String
          booleanArgField(booleanArg: Boolean): String
          enumArgField(enumArg: FurColor): String
          floatArgField(floatArg: Float): String
          idArgField(idArg: ID): String
          stringListArgField(stringListArg: [String]): String
          stringListNonNullArgField(stringListNonNullArg: [String!]): String
          complexArgField(complexArg: ComplexInput): String
          oneOfArgField(oneOfArg: OneOfInput): String
          multipleReqs(req1: Int!, req2: Int!): String
          nonNullFieldWithDefault(arg: Int! = 0): String
          anyArgField(anyArg: Any): String
        }
        interface SomeBox { deepBox: SomeBox unrelatedField: String }
        type StringBox implements SomeBox { scalar: String deepBox: StringBox unrelatedField: String listStringBox: [StringBox] stringBox: StringBox intBox: IntBox }
        type IntBox implements SomeBox { scalar: Int deepBox: IntBox unrelatedField: String listStringBox: [StringBox] stringBox: StringBox intBox: IntBox }
        type NonNullStringBox1 { scalar: String! }
        union Boxes = StringBox | IntBox | NonNullStringBox1
        directive @onQuery on QUERY
        directive @onField(x: Int, need: Int! = 1) on FIELD
        directive @onVariable(need: Int) on VARIABLE_DEFINITION
        directive @repeat on FIELD
        directive @repeatable repeatable on FIELD
        directive @needs(it: Int!) on FIELD | FRAGMENT_SPREAD
        type Query {
          human(id: ID): Human
          alien: Alien
          dog: Dog
          cat: Cat
          pet: Pet
          catOrDog: CatOrDog
          dogOrHuman: DogOrHuman
          humanOrAlien: HumanOrAlien
          complicatedArgs: ComplicatedArgs
          someBox: SomeBox
          boxes: Boxes
        }
        type Subscription { importantEmails: [String] notImportantEmails: [String] more: Human }
        schema { query: Query subscription: Subscription }
        """);

    public static Schema Build(string text)
    {
        var result = SchemaBuilder.Build(Parse(text));
        Assert.Equal([], result.Errors.Select(error => error.Message));
        return result.Schema!;
    }

    public static DocumentNode Parse(string text)
    {
        var result = Parser.ParseDocument(new SourceText(text), ParserOptions.Schema);
        Assert.Null(result.Error?.Message);
        return result.Value!;
    }

    public static void Valid(string text)
    {
        var result = Validator.Validate(Schema, Parse(text));

        Assert.Equal("", Show(result));
        Assert.True(result.IsValid);
    }

    public static void Errors(string text, string expected, ValidationOptions? options = null)
    {
        var result = Validator.Validate(Schema, Parse(text), options);

        Assert.Equal(expected, Show(result));
        Assert.False(result.IsValid);
        Assert.All(result.Errors, error => Assert.Equal(ErrorCode.GraphqlValidationFailed, error.Code));
    }

    public static string Show(ValidationResult result) => string.Join('\n', result.Errors.Select(error =>
        string.Concat(error.Locations.Select(location => $"{location.Line}:{location.Column} ")) + error.Message));
}
