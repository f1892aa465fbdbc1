//! `mroscope why`: the steps of an access, and what is said where there are none.

use expect_test::expect;

use super::ran;

const FIELDS: &str = "\
--- app.py
class Money:
    def __get__(self, obj, owner=None):
        return self if obj is None else 1
    def __set__(self, obj, value):
        raise ValueError('too much')

class Base:
    __slots__ = ()
    price = Money()

class Order(Base):
    __slots__ = ('note',)
    def __getattr__(self, name):
        raise AttributeError(name)

class Plain:
    count = 1
";

#[test]
fn the_steps_of_an_access_are_told_in_order() {
    expect![[r#"
        Order.price  app  ● exact

        obj.price
        1  object.__getattribute__ is after `price`
        2  Base has it: a data descriptor, which wins over __dict__
        3  Money.__get__ is called
        4  runs app:Money.__get__                                         app.py:2
        ● done

        obj.price = value
        1  object.__setattr__ is after `price`
        2  Base has it: a data descriptor, which wins over __dict__
        3  Money.__set__ is called
        4  runs app:Money.__set__                                         app.py:4
        ✗ ValueError: too much

        del obj.price
        1  object.__delattr__ is after `price`
        2  Base has it: a data descriptor, which wins over __dict__
        3  Money.__delete__ is called
        ✗ AttributeError: __delete__

        Order.price
        1  type.__getattribute__ is after `price`
        2  no class along the MRO of type has it on the metaclass's side
        3  Base has it: a data descriptor, which wins over __dict__
        4  Money.__get__ is called
        5  runs app:Money.__get__                                         app.py:2
        ● done

        Order.price = value
        1  type.__setattr__ is after `price`
        2  no class along the MRO of type has it on the metaclass's side
        3  __dict__ is changed
        ● done

        del Order.price
        1  type.__delattr__ is after `price`
        2  no class along the MRO of type has it on the metaclass's side
        3  it is not in __dict__
        ✗ AttributeError: type object 'Order' has no attribute 'price'

        super(Order, obj).price
        1  super.__getattribute__ is after `price`
        2  Base has it: a data descriptor, which wins over __dict__
        3  Money.__get__ is called
        4  runs app:Money.__get__                                         app.py:2
        ● done
        exit 0
    "#]]
    .assert_eq(&ran(FIELDS, "why Order.price"));
}

#[test]
fn what_only_getattr_answers_is_told() {
    expect![[r#"
        Order.missing  app  ● exact

        obj.missing
        1  object.__getattribute__ is after `missing`
        2  no class along the MRO of Order has it
        3  instances have no __dict__
        4  AttributeError: Order.__getattr__ is asked  app.py:13
        5  runs app:Order.__getattr__                  app.py:13
        ✗ AttributeError: missing
        exit 0
    "#]]
    .assert_eq(&ran(FIELDS, "why app:Order.missing --access read"));
}

#[test]
fn an_attribute_that_nothing_provides_is_a_mistake() {
    expect![[r#"
        ! error: nothing gives `app:Plain` an attribute `cuont`
        !   hint: did you mean `count`?
        exit 2
    "#]]
    .assert_eq(&ran(FIELDS, "why Plain.cuont"));
}

#[test]
fn what_names_no_attribute_is_a_mistake() {
    let said = ["Plain", "Plain.", "Plain.9", ".x", "Nowhere.x"]
        .map(|target| ran(FIELDS, &format!("why {target}")))
        .concat();
    expect![[r#"
        ! error: `Plain` is no class and an attribute of it
        !   hint: give both, with a dot between them: shop.cart:Cart.total
        exit 2
        ! error: `Plain.` is no class and an attribute of it
        !   hint: give both, with a dot between them: shop.cart:Cart.total
        exit 2
        ! error: `9` cannot be the name of an attribute
        !   hint: give both, with a dot between them: shop.cart:Cart.total
        exit 2
        ! error: `.x` is no class and an attribute of it
        !   hint: give both, with a dot between them: shop.cart:Cart.total
        exit 2
        ! error: no class is named `Nowhere`
        exit 2
    "#]]
    .assert_eq(&said);
}
