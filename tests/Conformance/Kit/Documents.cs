using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.Validation;
using Xunit;

namespace GraphGateway.Conformance;

/// <summary>The helpers of the section on validation: a document is valid on the observatory's schema, or it is not.</summary>
internal static class Documents
{
    private const string Observatory =
        """
        type Query {
          telescope: Telescope
          instrument: Instrument
          astronomer: Astronomer
          telescopeOrAntenna: TelescopeOrAntenna
          findTelescope(by: TelescopeSearch): Telescope
          arguments: Arguments
          flags(list: [Boolean!]): Boolean
        }
        type Mutation {
          order(instrument: InstrumentOrder!): Instrument
          orderAll(instruments: [InstrumentOrder!]!): [Instrument]
        }
        type Subscription { newSighting: Sighting newAlert: Sighting }
        type Sighting { text: String by: String }
        enum Motion { PARK SLEW TRACK }
        enum Sweep { SCAN }
        interface Instrument { name: String! }
        interface Person { name: String! }
        interface Node { id: ID! }
        interface Resource implements Node { id: ID! url: String }
        type Archive implements Node & Resource { id: ID! url: String }
        type Telescope implements Instrument {
          name: String!
          nickname: String
          aperture: Int
          canMove(motion: Motion!): Boolean!
          isOpen(atNight: Boolean): Boolean!
          owner: Astronomer
        }
        type Antenna implements Instrument { name: String! nickname: String canMove(sweep: Sweep!): Boolean! gain: Int }
        type Astronomer implements Person { name: String! instruments: [Instrument!] telescopes: [Telescope!] }
        type Robot implements Person { name: String! maker: String }
        union TelescopeOrAntenna = Telescope | Antenna
        union TelescopeOrAstronomer = Telescope | Astronomer
        union AstronomerOrRobot = Astronomer | Robot
        input TelescopeSearch { name: String owner: String }
        input TelescopeInput { name: String! nickname: String aperture: Int }
        input AntennaInput { name: String! nickname: String gain: Int }
        input InstrumentOrder @oneOf { telescope: TelescopeInput antenna: AntennaInput }
        type Arguments {
          two(x: Int!, y: Int!): Int!
          boolean(value: Boolean): Boolean
          float(value: Float): Float
          int(value: Int): Int
          must(value: Boolean!): Boolean!
          list(value: [Boolean]!): [Boolean]
          strictList(value: [Boolean!]): [Boolean]
          withDefault(value: Boolean! = false): Boolean!
        }
        directive @tag(name: String) repeatable on FIELD | QUERY
        directive @trace on VARIABLE_DEFINITION | FRAGMENT_DEFINITION
        """;

    private static readonly Schema Default = Schemas.Valid(Observatory);

    /// <summary>No rule has anything to say of the document.</summary>
    public static void Valid(string document, string? sdl = null) => Assert.Equal("", Show(document, sdl));

    /// <summary>All that the rules say of it, an error a line, its places first.</summary>
    public static void Refused(string document, string errors, string? sdl = null) => Assert.Equal(errors, Show(document, sdl));

    private static string Show(string document, string? sdl)
    {
        var parsed = Parser.ParseDocument(new SourceText(document));
        Assert.Null(parsed.Error?.Message);
        var result = Validator.Validate(sdl is null ? Default : Schemas.Valid(sdl), parsed.Value!);
        Assert.Equal(result.Errors.IsEmpty, result.IsValid);
        return string.Join('\n', result.Errors.Select(error =>
            string.Concat(error.Locations.Select(place => $"{place.Line}:{place.Column} ")) + error.Message));
    }
}
