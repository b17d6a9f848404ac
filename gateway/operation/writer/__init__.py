"""From a plan and what was fetched to the data of an answer, in this order:

selected      what stands where in the answer: one tree for each plan
fields        how one published field finds its value in a wire object
run           one execution: what it reads from, and what went wrong
walk          the GraphQL specification's way to complete values, to the letter
source        a tree as Python source, one function for every place where objects stand
compiled      that source as functions, and what they are given in an execution
introspect    the schema's own fields, by graphql-core
writer        kept with a plan: walks the first time, compiles the second
"""
