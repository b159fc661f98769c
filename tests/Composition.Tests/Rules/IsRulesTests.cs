using Xunit;

namespace GraphGateway.Composition.Tests;

public sealed class IsRulesTests
{
    [Fact]
    public void The_map_of_is_can_be_read() => Rule.Check(
        good:
            """
            # source a
            type Query { rose(key: ID! @is(field: "id")): Rose @lookup }
            type Rose { id: ID! }
            """,
        bad:
            """
            # source a
            type Query { rose(key: ID! @is(field: "{ id")): Rose @lookup }
            type Rose { id: ID! }
            """,
        problems:
            """
            a.graphqls:1:28 IS_INVALID_SYNTAX "{ id" in @is on the argument "key" of Query.rose is no field selection map: Syntax Error: Expected Name, found <EOF>.
              hint: Write a path ("owner.id"), an object ("{ id, zip: address.zip }") or a list ("parts[id]"), and close all braces.
            """);

    [Fact]
    public void The_map_of_is_is_a_string() => Rule.Check(
        good:
            """
            # source a
            type Query { rose(key: ID! @is(field: "id")): Rose @lookup }
            type Rose { id: ID! }
            """,
        bad:
            """
            # source a
            type Query { rose(key: ID! @is(field: 123)): Rose @lookup }
            type Rose { id: ID! }
            """,
        problems:
            """
            a.graphqls:1:28 IS_INVALID_FIELD_TYPE "field" of @is on the argument "key" of Query.rose is not a string.
              hint: Write the fields as a string, such as "id" or "{ id: owner.id }".
            """);

    [Fact]
    public void is_stands_at_lookups_only() => Rule.Check(
        good:
            """
            # source a
            type Query { rose(key: ID! @is(field: "id")): Rose @lookup }
            type Rose { id: ID! }
            """,
        bad:
            """
            # source a
            type Query { rose(key: ID! @is(field: "id")): Rose }
            type Rose { id: ID! }
            """,
        problems:
            """
            a.graphqls:1:28 IS_INVALID_USAGE The argument "key" of Query.rose has @is, but Query.rose is no lookup.
              hint: Add @lookup to the field if it finds one entity by its arguments; otherwise remove @is.
            """);

    [Fact]
    public void The_arguments_of_a_lookup_are_fields_of_what_it_returns() => Rule.Check(
        good:
            """
            # source a
            type Query {
              rose(key: ID! @is(field: "id"), row: Int @is(field: "bed.row")): Rose @lookup
              by(by: RoseBy! @is(field: "{ id } | { row: bed.row }")): Rose @lookup @shareable
            }
            type Rose { id: ID! bed: Bed }
            type Bed { row: Int }
            input RoseBy @oneOf { id: ID row: Int }
            """,
        bad:
            """
            # source a
            type Query {
              rose(key: ID!): Rose @lookup
              two(key: ID! @is(field: "bed")): Rose @lookup
              three(key: ID! @is(field: "<Lily>.id")): Plant @lookup
              four(key: ID! @is(field: "bed.row")): Rose @lookup
            }
            interface Plant { id: ID! }
            type Rose implements Plant { id: ID! bed: Bed }
            type Lily implements Plant { id: ID! }
            type Bed { row: Int }
            """,
        problems:
            """
            a.graphqls:2:8 IS_INVALID_FIELDS The argument "key" of the lookup Query.rose does not map to Rose: Rose has no field "key".
              also a.graphqls:8:1
              hint: Name the argument like a field of Rose, or say with @is(field: "...") which field it is.

            a.graphqls:3:16 IS_INVALID_FIELDS The argument "key" of the lookup Query.two does not map to Rose: "bed" ends at Bed, which has fields; say which: bed.{ ... }.
              also a.graphqls:8:38
              hint: Name fields of Rose in @is that give ID!.

            a.graphqls:4:18 IS_INVALID_FIELDS The lookup Query.three returns Plant, which can be Rose, and no alternative of @is fits Rose.
              also a.graphqls:8:1
              hint: Add an alternative for it: ... | <Rose>.FIELD

            a.graphqls:5:17 IS_INVALID_FIELDS The argument "key" of the lookup Query.four does not map to Rose: "bed.row" is Int, and the input is ID!.
              also a.graphqls:10:12
              hint: Name fields of Rose in @is that give ID!.
            """);

    // The appendix's own example: a union, an interface, and below a field of the input.
    [Fact]
    public void Each_alternative_of_an_abstract_type_is_of_its_own_types() => Rule.Check(
        good:
            """
            # source a
            type Query {
              m(by: By! @is(field: "{ bookId: <Book>.id } | { movieId: <Movie>.id }")): Media @lookup
              n(by: By! @is(field: "{ bookId: <Book>.id } | { movieId: <Movie>.id }")): Node @lookup
              o(by: Nested! @is(field: "{ nested: { bookId: <Book>.id } | { movieId: <Movie>.id } }")): Media @lookup
            }
            input By @oneOf { bookId: ID movieId: ID }
            input Nested { nested: By! }
            union Media = Book | Movie
            interface Node { id: ID! }
            type Book implements Node { id: ID! }
            type Movie implements Node { id: ID! }
            """,
        bad:
            """
            # source a
            type Query {
              m(by: By! @is(field: "{ bookId: <Book>.id } | { movieId: <Film>.id }")): Media @lookup
              n(by: By! @is(field: "{ bookId: <Book>.id }")): Node @lookup
              o(by: Nested! @is(field: "{ nested: { bookId: <Book>.isbn } | { movieId: <Movie>.id } }")): Media @lookup
              p(by: By! @is(field: "{ bookId: id } | { movieId: <Page>.id }")): Media @lookup
            }
            input By @oneOf { bookId: ID movieId: ID }
            input Nested { nested: By! }
            union Media = Book | Movie
            interface Node { id: ID! }
            type Book implements Node { id: ID! }
            type Movie implements Node { id: ID! }
            type Page { id: ID! }
            """,
        problems:
            """
            a.graphqls:2:13 IS_INVALID_FIELDS The argument "by" of the lookup Query.m does not map to Media: no source has a type "Film".
              hint: Name types in @is that Media can be, or leave the alternative out.

            a.graphqls:3:13 IS_INVALID_FIELDS The lookup Query.n returns Node, which can be Movie, and no alternative of @is fits Movie.
              also a.graphqls:12:1
              hint: Add an alternative for it: ... | <Movie>.FIELD

            a.graphqls:4:17 IS_INVALID_FIELDS The argument "by" of the lookup Query.o does not map to Book: Book has no field "isbn".
              also a.graphqls:11:1
              hint: Name fields of Book in @is that give Nested!.

            a.graphqls:5:13 IS_INVALID_FIELDS The argument "by" of the lookup Query.p does not map to Media: Media can never be Page.
              also a.graphqls:9:1
              also a.graphqls:13:1
              hint: Name types in @is that Media can be, or leave the alternative out.
            """);

    [Fact]
    public void An_interface_is_looked_up_as_its_objects() => Rule.Check(
        good:
            """
            # source a
            type Query {
              m(by: ID! @is(field: "<Cat>.catId | <Dog>.dogId")): Pet @lookup
              n(name: String!): Pet @lookup
            }
            interface Pet { age: Int }
            type Cat implements Pet { age: Int catId: ID! name: String! }
            type Dog implements Pet { age: Int dogId: ID! name: String! }
            """,
        bad:
            """
            # source a
            type Query {
              m(by: ID! @is(field: "<Cat>.catId")): Pet @lookup
              n(name: String!): Pet @lookup
            }
            interface Pet { age: Int name: String! }
            type Cat implements Pet { age: Int catId: ID! name: String! }
            type Dog implements Pet { age: Int dogId: ID! name: String! }
            # source b
            type Query { o(by: ID! @is(field: "<Cat>.catId")): Pet @lookup p(code: ID!): Pet @lookup }
            interface Pet { name: String! }
            """,
        problems:
            """
            a.graphqls:2:13 IS_INVALID_FIELDS The lookup Query.m returns Pet, which can be Dog, and no alternative of @is fits Dog.
              also a.graphqls:7:1
              hint: Add an alternative for it: ... | <Dog>.FIELD

            b.graphqls:1:24 IS_INVALID_FIELDS The lookup Query.o returns Pet, of which b has no object, and no alternative of @is fits Pet.
              also b.graphqls:2:1
              hint: Add an alternative for it: ... | <Pet>.FIELD

            b.graphqls:1:66 IS_INVALID_FIELDS The argument "code" of the lookup Query.p does not map to Pet: Pet has no field "code".
              also a.graphqls:5:1
              also b.graphqls:2:1
              hint: Name the argument like a field of Pet, or say with @is(field: "...") which field it is.
            """);

    [Fact]
    public void A_lookup_of_an_abstract_type_enters_each_type_by_its_own_alternatives() => Assert.Equal(
        """
        type Query
          @gateway__type(in: A)
        {
          m(by: By!): Media @gateway__field(in: A)
        }

        input By @oneOf
          @gateway__type(in: A)
        {
          bookId: ID @gateway__inputField(in: A)
          movieId: ID @gateway__inputField(in: A)
          code: String @gateway__inputField(in: A)
        }

        interface Media
          @gateway__type(in: A)
          @gateway__key(in: A, fields: "code")
          @gateway__lookup(in: A, key: "code", field: "m", arguments: [{name: "by", type: "By!", map: "{ code }"}])
          @gateway__lookup(in: A, key: "code", field: "o", arguments: [{name: "by", type: "Nested!", map: "{ nested: { code } }", strictFields: ["nested: By!"]}], internal: true)
        {
          code: String @gateway__field(in: A)
        }

        type Book implements Media
          @gateway__type(in: A)
          @gateway__implements(in: A, interface: "Media")
          @gateway__key(in: A, fields: "id")
          @gateway__key(in: A, fields: "code")
          @gateway__lookup(in: A, key: "id", field: "m", arguments: [{name: "by", type: "By!", map: "{ bookId: id }"}], returns: "Media")
          @gateway__lookup(in: A, key: "code", field: "m", arguments: [{name: "by", type: "By!", map: "{ code }"}], returns: "Media")
          @gateway__lookup(in: A, key: "id", field: "o", arguments: [{name: "by", type: "Nested!", map: "{ nested: { bookId: id } }", strictFields: ["nested: By!"]}], returns: "Media", internal: true)
          @gateway__lookup(in: A, key: "code", field: "o", arguments: [{name: "by", type: "Nested!", map: "{ nested: { code } }", strictFields: ["nested: By!"]}], returns: "Media", internal: true)
        {
          id: ID! @gateway__field(in: A)
          code: String @gateway__field(in: A)
        }

        type Movie implements Media
          @gateway__type(in: A)
          @gateway__implements(in: A, interface: "Media")
          @gateway__key(in: A, fields: "id")
          @gateway__key(in: A, fields: "code")
          @gateway__lookup(in: A, key: "id", field: "m", arguments: [{name: "by", type: "By!", map: "{ movieId: id }"}], returns: "Media")
          @gateway__lookup(in: A, key: "code", field: "m", arguments: [{name: "by", type: "By!", map: "{ code }"}], returns: "Media")
          @gateway__lookup(in: A, key: "id", field: "o", arguments: [{name: "by", type: "Nested!", map: "{ nested: { movieId: id } }", strictFields: ["nested: By!"]}], returns: "Media", internal: true)
          @gateway__lookup(in: A, key: "code", field: "o", arguments: [{name: "by", type: "Nested!", map: "{ nested: { code } }", strictFields: ["nested: By!"]}], returns: "Media", internal: true)
        {
          id: ID! @gateway__field(in: A)
          code: String @gateway__field(in: A)
        }
        """,
        Rule.ComposedTypes(
            """
            # source a
            type Query {
              m(by: By! @is(field: "{ bookId: <Book>.id } | { movieId: <Movie>.id } | { code }")): Media @lookup
              o(by: Nested! @is(field: "{ nested: { bookId: <Book>.id } | { movieId: <Movie>.id } | { code } }")): Media @lookup @internal
            }
            input By @oneOf { bookId: ID movieId: ID code: String }
            input Nested { nested: By! }
            interface Media { code: String }
            type Book implements Media { id: ID! code: String }
            type Movie implements Media { id: ID! code: String }
            """));

    [Fact]
    public void A_one_of_input_gets_exactly_one_field() => Rule.Check(
        good:
            """
            # source a
            type Query {
              rose(by: RoseBy! @is(field: "{ id } | { sku }")): Rose @lookup
              nested(by: Nested! @is(field: "{ at: { id } | { sku } }")): Rose @lookup
            }
            type Rose { id: ID! sku: String }
            input RoseBy @oneOf { id: ID sku: String }
            input Nested { at: RoseBy }
            # source b
            type Query { other(id: ID!): Rose @lookup @internal }
            type Rose {
              id: ID!
              x(a: RoseBy @require(field: "{ id } | { sku }")): Int
            }
            input RoseBy @oneOf { id: ID sku: String }
            """,
        bad:
            """
            # source a
            type Query {
              rose(by: RoseBy! @is(field: "{ id sku }")): Rose @lookup
              nested(by: Nested! @is(field: "{ at: { id sku } }")): Rose @lookup
              list(by: [RoseBy!]! @is(field: "buds[{ id sku }]")): Rose @lookup
            }
            type Rose { id: ID! sku: String buds: [Bud!]! }
            type Bud { id: ID! sku: String }
            input RoseBy @oneOf { id: ID sku: String }
            input Nested { at: RoseBy }
            # source b
            type Query { other(id: ID!): Rose @lookup @internal }
            type Rose {
              id: ID!
              x(a: RoseBy @require(field: "{ id sku }")): Int
            }
            input RoseBy @oneOf { id: ID sku: String }
            """,
        problems:
            """
            a.graphqls:2:20 IS_INVALID_FIELDS The argument "by" of the lookup Query.rose does not map to Rose: RoseBy takes exactly one of its fields, and "{ id sku }" gives 2; alternatives are told apart by |.
              also a.graphqls:8:1
              hint: Name fields of Rose in @is that give RoseBy!.

            a.graphqls:3:22 IS_INVALID_FIELDS The argument "by" of the lookup Query.nested does not map to Rose: RoseBy takes exactly one of its fields, and "{ id sku }" gives 2; alternatives are told apart by |.
              also a.graphqls:8:1
              hint: Name fields of Rose in @is that give Nested!.

            a.graphqls:4:23 IS_INVALID_FIELDS The argument "by" of the lookup Query.list does not map to Rose: RoseBy takes exactly one of its fields, and "{ id sku }" gives 2; alternatives are told apart by |.
              also a.graphqls:8:1
              hint: Name fields of Rose in @is that give [RoseBy!]!.

            b.graphqls:4:15 REQUIRE_INVALID_FIELDS @require(field: "{ id sku }") on the argument "a" of Rose.x cannot be fed: RoseBy takes exactly one of its fields, and "{ id sku }" gives 2; alternatives are told apart by |.
              also b.graphqls:6:1
              hint: Name fields of Rose that sources other than b define, and that give RoseBy.
            """);

    // The specification's own counter-example, and two lookups of an object.
    [Fact]
    public void Optional_arguments_of_a_lookup_are_fields_of_what_it_returns_too() => Rule.Check(
        good:
            """
            # source a
            type Query { product(id: ID!, categoryId: Int): Product @lookup }
            union Product = Electronics | Clothing
            type Electronics { id: ID! categoryId: Int }
            type Clothing { id: ID! categoryId: Int }
            """,
        bad:
            """
            # source a
            type Query {
              product(id: ID!, categoryId: Int): Product @lookup
              rose(lang: String): Rose @lookup
              lily(id: ID!, lang: String! = "en"): Lily @lookup
            }
            union Product = Electronics | Clothing
            type Electronics { id: ID! categoryId: Int }
            type Clothing { id: ID! }
            type Rose { id: ID! }
            type Lily { id: ID! }
            """,
        problems:
            """
            a.graphqls:2:20 IS_INVALID_FIELDS The argument "categoryId" of the lookup Query.product does not map to Clothing: Clothing has no field "categoryId".
              also a.graphqls:8:1
              hint: Name the argument like a field of Clothing, or say with @is(field: "...") which field it is. What is no part of the key, though optional, is no argument of a lookup.

            a.graphqls:3:8 IS_INVALID_FIELDS The argument "lang" of the lookup Query.rose does not map to Rose: Rose has no field "lang".
              also a.graphqls:9:1
              hint: Name the argument like a field of Rose, or say with @is(field: "...") which field it is. What is no part of the key, though optional, is no argument of a lookup.

            a.graphqls:4:17 IS_INVALID_FIELDS The argument "lang" of the lookup Query.lily does not map to Lily: Lily has no field "lang".
              also a.graphqls:10:1
              hint: Name the argument like a field of Lily, or say with @is(field: "...") which field it is. What is no part of the key, though optional, is no argument of a lookup.
            """);
}
