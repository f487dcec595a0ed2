package shop;

class Till {
  String close(String basket) {
    throw new IllegalStateException("basket " + basket + " is empty");
  }
}
