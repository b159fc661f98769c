namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>
/// The directives of the canonical form: a supergraph as one SDL document. All of its own names begin with <see cref="Prefix"/>, and the
/// definitions stand in the file, so that it is a valid schema for any GraphQL tool.
/// </summary>
internal static class CanonicalDirectives
{
    internal const string Prefix = "gateway__";
    internal const string Supergraph = Prefix + "supergraph";
    internal const string Source = Prefix + "source";
    internal const string Type = Prefix + "type";
    internal const string Implements = Prefix + "implements";
    internal const string Member = Prefix + "member";
    internal const string Value = Prefix + "value";
    internal const string InputField = Prefix + "inputField";
    internal const string Field = Prefix + "field";
    internal const string Key = Prefix + "key";
    internal const string Lookup = Prefix + "lookup";
    internal const string Context = Prefix + "context";
    internal const string CacheTag = Prefix + "cacheTag";
    internal const string CacheControl = Prefix + "cacheControl";
    internal const string Link = Prefix + "link";
    internal const string Node = Prefix + "node";
    internal const string SourceEnum = Prefix + "Source";

    /// <summary>Raised when a reader of the older form would read the newer one wrongly.</summary>
    internal const int Version = 1;

    /// <summary>What a reader checks the directives of a file against.</summary>
    internal static readonly OwnDirectives Checks = new(Definitions + "\n" + NodeDefinition + "\nenum gateway__Source", Prefix, refusesUnknown: true);

    /// <summary>For graphs that use it.</summary>
    internal const string NodeDefinition = """
        "The gateway answers the field: it reads from the id what type the object is of, and asks a source for it by a lookup whose key is id."
        directive @gateway__node on FIELD_DEFINITION

        """;

    internal const string Definitions = """
        "This document is a supergraph in GraphGateway's own form, made by composition: change the source schemas instead."
        directive @gateway__supergraph(version: Int!) on SCHEMA

        "A source schema: its name, where it answers, the specification it is written in, what it can batch, what its settings have for other programs (JSON), and its root types' names."
        directive @gateway__source(
          name: String!
          url: String
          dialect: gateway__Dialect!
          batching: [gateway__Batching!]! = []
          subscriptions: Boolean! = false
          extensions: String
          query: String! = "Query"
          mutation: String
          subscription: String
        ) on ENUM_VALUE

        "A directive of a team's own: the specification that it is linked from, and its name there."
        directive @gateway__link(directive: String!, url: String!, original: String!, alias: String) repeatable on SCHEMA

        "The sources that define the type. With interfaceObject the source has an object of the interface's name."
        directive @gateway__type(in: [gateway__Source!]!, interfaceObject: Boolean! = false) repeatable on SCALAR | OBJECT | INTERFACE | UNION | ENUM | INPUT_OBJECT

        "The sources in which the type implements the interface."
        directive @gateway__implements(in: [gateway__Source!]!, interface: String!) repeatable on OBJECT | INTERFACE

        "The sources in which the object is a member of the union."
        directive @gateway__member(in: [gateway__Source!]!, type: String!) repeatable on UNION

        "The sources that know the enum value."
        directive @gateway__value(in: [gateway__Source!]!) on ENUM_VALUE

        "The sources that know the input field."
        directive @gateway__inputField(in: [gateway__Source!]!) on INPUT_FIELD_DEFINITION

        "The sources that know the field, and how: the type and arguments where they differ from the composed ones, whether the source only mentions it (external), what it provides below it, what it requires from other sources, and the label on which it is served."
        directive @gateway__field(
          in: [gateway__Source!]!
          type: String
          arguments: [String!]
          external: Boolean! = false
          provides: String
          requires: String
          requiredArguments: [gateway__Argument!] = []
          label: String
          servesWhen: Boolean
          contextArguments: [gateway__ContextArgument!] = []
        ) repeatable on FIELD_DEFINITION

        "A key that the sources declare; resolvable when they can be entered by it."
        directive @gateway__key(in: [gateway__Source!]!, fields: String!, resolvable: Boolean! = true) repeatable on OBJECT | INTERFACE | UNION

        "The sources in which a value of the type sets the context: fields below it can have arguments from it."
        directive @gateway__context(in: [gateway__Source!]!, name: String!) repeatable on OBJECT | INTERFACE | UNION

        "The sources whose answers of the type or root field are cached under names of the format."
        directive @gateway__cacheTag(in: [gateway__Source!]!, format: String!) repeatable on OBJECT | FIELD_DEFINITION

        "For how many seconds, and for whom (PUBLIC, PRIVATE), the sources' answers with the member may be kept, as their schemas say."
        directive @gateway__cacheControl(in: [gateway__Source!]!, maxAge: Int, scope: gateway__CacheScope, inheritMaxAge: Boolean! = false) repeatable on OBJECT | INTERFACE | UNION | FIELD_DEFINITION

        "How a source is entered when the key is known: by a field at the path below Query, or without field by _entities. typeName is what to enter by when it is not the type's own name; nonNull says that the source declares the first of these fields so."
        directive @gateway__lookup(
          in: gateway__Source!
          key: String!
          typeName: String
          path: [String!] = []
          field: String
          arguments: [gateway__Argument!] = []
          returns: String
          internal: Boolean! = false
          nonNull: Boolean! = false
        ) repeatable on OBJECT | INTERFACE | UNION

        "An argument of a source's field that is fed from fields of the graph; map is a FieldSelectionMap. strictFields are those of its input objects that take no null, such as item.id: ID!"
        input gateway__Argument {
          name: String!
          type: String!
          map: String!
          strictFields: [String!] = []
        }

        "An argument of a source's field that comes from a value above which sets the context."
        input gateway__ContextArgument {
          name: String!
          type: String!
          context: String!
          selection: String!
        }

        enum gateway__CacheScope {
          PUBLIC
          PRIVATE
        }

        enum gateway__Dialect {
          COMPOSITE
          APOLLO
        }

        enum gateway__Batching {
          VARIABLES
          REQUESTS
          ALIASES
        }
        """;
}
